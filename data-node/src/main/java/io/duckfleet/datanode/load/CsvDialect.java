package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a CSV file is to be read, as DuckDB's sniffer says: characters, lines to leave out before the first
/// record, columns with their types. `newLine` is written as `\n`, `\r` or `\r\n`; a character that there is
/// none of is empty.
record CsvDialect(
        String delimiter,
        String quote,
        String escape,
        String newLine,
        String comment,
        long skippedRows,
        boolean hasHeader,
        List<Column> columns,
        Optional<String> dateFormat,
        Optional<String> timestampFormat) {

    private static final String NONE = "(empty)";

    private static final String SNIFF = """
            SELECT Delimiter, Quote, Escape, NewLineDelimiter, Comment, SkipRows, HasHeader, DateFormat, TimestampFormat,
              list_transform(Columns, lambda c: c.name), list_transform(Columns, lambda c: c.type)
            FROM sniff_csv(?)""";

    /// A column and DuckDB's name of its type.
    record Column(String name, String type) {}

    CsvDialect {
        columns = List.copyOf(columns);
    }

    /// The dialect of the file, whose first part is enough.
    static CsvDialect sniff(Session session, Path file) {
        return session.query(SNIFF, CsvDialect::read, file.toString());
    }

    private static CsvDialect read(ResultSet rows) throws SQLException {
        rows.next();
        Object[] names = (Object[]) rows.getArray(10).getArray();
        Object[] types = (Object[]) rows.getArray(11).getArray();
        List<Column> columns = IntStream.range(0, names.length)
                .mapToObj(i -> new Column(String.valueOf(names[i]), String.valueOf(types[i])))
                .toList();
        return new CsvDialect(
                character(rows.getString(1)),
                character(rows.getString(2)),
                character(rows.getString(3)),
                rows.getString(4),
                character(rows.getString(5)),
                rows.getLong(6),
                rows.getBoolean(7),
                columns,
                format(rows.getString(8)),
                format(rows.getString(9)));
    }

    private static String character(String sniffed) {
        return sniffed.equals(NONE) || sniffed.equals("\0") ? "" : sniffed;
    }

    private static Optional<String> format(@Nullable String sniffed) {
        return Optional.ofNullable(sniffed).filter(text -> !text.isEmpty());
    }

    /// The call that reads the file's first part.
    String readFirst(Path file) {
        return read(file, skippedRows, hasHeader);
    }

    /// The call that reads a later part, which starts with a record.
    String readLater(Path file) {
        return read(file, 0, false);
    }

    private String read(Path file, long skip, boolean header) {
        StringBuilder call = new StringBuilder("read_csv(").append(Identifiers.literal(file.toString()));
        call.append(", auto_detect = false, compression = 'none'");
        parameter(call, "delim", delimiter);
        parameter(call, "quote", quote);
        parameter(call, "escape", escape);
        parameter(call, "new_line", newLine);
        parameter(call, "comment", comment);
        dateFormat.ifPresent(text -> parameter(call, "dateformat", text));
        timestampFormat.ifPresent(text -> parameter(call, "timestampformat", text));
        call.append(", skip = ").append(skip).append(", header = ").append(header);
        return call.append(", columns = ").append(columnTypes()).append(')').toString();
    }

    private static void parameter(StringBuilder call, String name, String value) {
        call.append(", ").append(name).append(" = ").append(Identifiers.literal(value));
    }

    private String columnTypes() {
        return columns.stream()
                .map(column -> Identifiers.literal(column.name()) + ": " + Identifiers.literal(column.type()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
