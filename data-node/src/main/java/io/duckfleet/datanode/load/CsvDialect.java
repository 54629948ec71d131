package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a CSV file is to be read, as DuckDB's sniffer says: characters, lines to leave out before the first
/// record, columns with their types. `newLine` is written as `\n`, `\r` or `\r\n`; a character that there is
/// none of is empty; `valueOptions` are parameters that the caller gave.
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
        Optional<String> timestampFormat,
        String valueOptions) {

    private static final String NONE = "(empty)";

    /// A column and DuckDB's name of its type.
    record Column(String name, String type) {}

    CsvDialect {
        columns = List.copyOf(columns);
    }

    /// The dialect of the file, whose first part is enough, as far as `options` leave it open.
    static CsvDialect sniff(Session session, Path file, ReadOptions options) {
        String sniff = """
                SELECT Delimiter, Quote, Escape, NewLineDelimiter, Comment, SkipRows, HasHeader, DateFormat,
                  TimestampFormat, list_transform(Columns, lambda c: c.name), list_transform(Columns, lambda c: c.type)
                FROM sniff_csv(?%s)""".formatted(options.all());
        return session.query(sniff, rows -> read(rows, options.ofValues()), file.toString());
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /// The same dialect with the types that `table` has for columns of these names.
    CsvDialect withTypesOf(CsvDialect table) {
        Map<String, String> types =
                table.columns.stream().collect(Collectors.toMap(Column::name, Column::type, (one, other) -> one));
        List<Column> typed = columns.stream()
                .map(column -> new Column(column.name(), types.getOrDefault(column.name(), column.type())))
                .toList();
        return new CsvDialect(
                delimiter,
                quote,
                escape,
                newLine,
                comment,
                skippedRows,
                hasHeader,
                typed,
                table.dateFormat,
                table.timestampFormat,
                valueOptions);
    }

    private static CsvDialect read(ResultSet rows, String valueOptions) throws SQLException {
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
                format(rows.getString(9)),
                valueOptions);
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

    /// The call that reads what is whole in the file's sample, which may end within a record.
    String readSample(Path file) {
        String call = readFirst(file);
        return valueOptions.contains("ignore_errors")
                ? call
                : call.substring(0, call.length() - 1) + ", ignore_errors = true)";
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
        call.append(valueOptions);
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
