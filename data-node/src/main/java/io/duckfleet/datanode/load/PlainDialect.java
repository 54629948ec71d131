package io.duckfleet.datanode.load;

import io.duckfleet.datanode.parse.ByteSearch;
import io.duckfleet.datanode.parse.PlainForm;
import io.duckfleet.datanode.parse.PlainForm.PlainColumn;
import io.duckfleet.datanode.parse.PlainType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which dialects can be parsed without DuckDB.
final class PlainDialect {

    private static final int NO_QUOTE = -1;
    private static final String ISO_DATE = "%Y-%m-%d";
    private static final byte BYTE_ORDER_MARK = (byte) 0xef;

    private PlainDialect() {}

    /// The dialect's form, if it has no comments, no options for values, no escape but the quote itself, and
    /// columns of known types in their usual formats.
    static Optional<PlainForm> formOf(CsvDialect dialect) {
        boolean isPlain = dialect.delimiter().length() == 1
                && isOrdinary(dialect.delimiter().charAt(0))
                && dialect.comment().isEmpty()
                && (dialect.escape().isEmpty() || dialect.escape().equals(dialect.quote()))
                && (dialect.newLine().equals("\\n") || dialect.newLine().equals("\\r\\n"))
                && dialect.dateFormat()
                        .filter(format -> !format.equals(ISO_DATE))
                        .isEmpty()
                && dialect.timestampFormat().isEmpty()
                && dialect.valueOptions().isEmpty();
        return isPlain ? columns(dialect).map(columns -> form(dialect, columns)) : Optional.empty();
    }

    /// Spaces between fields and around quotes are DuckDB's to judge, as are characters of several bytes.
    private static boolean isOrdinary(char delimiter) {
        return delimiter != ' ' && delimiter < Byte.MAX_VALUE;
    }

    private static PlainForm form(CsvDialect dialect, List<PlainColumn> columns) {
        return new PlainForm(
                (byte) dialect.delimiter().charAt(0),
                dialect.quote().isEmpty() ? NO_QUOTE : dialect.quote().charAt(0),
                dialect.newLine().startsWith("\\r"),
                columns);
    }

    private static Optional<List<PlainColumn>> columns(CsvDialect dialect) {
        List<PlainColumn> columns = new ArrayList<>();
        for (CsvDialect.Column column : dialect.columns()) {
            Optional<PlainType> type = PlainType.named(column.type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            columns.add(new PlainColumn(column.name(), type.orElseThrow()));
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    /// Whether it is beyond doubt that the first record begins at `end`: behind one line without quotes, or
    /// at the very beginning, where no byte order mark stands.
    static boolean isPlainHeader(CsvDialect dialect, byte[] bytes, int end) {
        if (dialect.skippedRows() > 0 || bytes[0] == BYTE_ORDER_MARK) {
            return false;
        }
        return dialect.quote().isEmpty()
                || ByteSearch.indexOf((byte) dialect.quote().charAt(0), bytes, 0, end) == end;
    }
}
