package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Columns without a value in the sample. They are loaded as text and get the type that their values have,
/// once all of them are there.
final class UndecidedColumns {

    private static final String TEXT = "VARCHAR";
    private static final int SAMPLE_ROWS = 20_480;

    private final List<String> names;
    private final ReadOptions options;

    private UndecidedColumns(List<String> names, ReadOptions options) {
        this.names = names;
        this.options = options;
    }

    /// Those of a file that begins with `sample`; none where the caller has decided.
    static UndecidedColumns of(DuckDb database, CsvDialect dialect, Path sample, ReadOptions options) {
        List<String> texts = dialect.columns().stream()
                .filter(column -> column.type().equals(TEXT))
                .map(CsvDialect.Column::name)
                .toList();
        boolean decided = options.has(ReadOption.ALL_VARCHAR)
                || options.has(ReadOption.TYPES)
                || options.has(ReadOption.SAMPLE_SIZE);
        return texts.isEmpty() || decided
                ? new UndecidedColumns(List.of(), options)
                : database.withSession(
                        session -> new UndecidedColumns(empty(session, texts, dialect.readSample(sample)), options));
    }

    private static List<String> empty(Session session, List<String> names, String read) {
        String counts = names.stream()
                .map(name -> "count(%s)".formatted(Identifiers.quote(name)))
                .collect(Collectors.joining(", "));
        return session.query(
                "SELECT %s FROM (FROM %s LIMIT %d)".formatted(counts, read, SAMPLE_ROWS),
                rows -> withoutValues(rows, names));
    }

    private static List<String> withoutValues(ResultSet counts, List<String> names) throws SQLException {
        counts.next();
        List<String> empty = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (counts.getLong(i + 1) == 0) {
                empty.add(names.get(i));
            }
        }
        return List.copyOf(empty);
    }

    /// Gives the table's columns their types.
    void decide(DuckDb database, TableName table, ScratchDirectory scratch) throws IOException {
        for (String name : names) {
            Path values = scratch.newFile("values");
            try {
                database.withSession(session -> decide(session, table, name, values));
            } finally {
                Files.deleteIfExists(values);
            }
        }
    }

    /// DuckDB's sniffer decides over all values, which become a file of one column for it.
    private boolean decide(Session session, TableName table, String name, Path values) {
        String column = Identifiers.quote(name);
        long count = session.queryLong("SELECT count(%s) FROM %s".formatted(column, table.quoted()));
        if (count == 0) {
            return false;
        }
        session.execute("COPY (SELECT %s AS v FROM %s WHERE v IS NOT NULL) TO %s (FORMAT csv, HEADER)"
                .formatted(column, table.quoted(), Identifiers.literal(values.toString())));
        CsvDialect found = CsvDialect.sniff(session, values, options.forOneColumn());
        String type = found.columns().getFirst().type();
        if (!type.equals(TEXT)) {
            retype(session, table, column, type, found);
        }
        return true;
    }

    private void retype(Session session, TableName table, String column, String type, CsvDialect found) {
        if (options.has(ReadOption.DECIMAL_SEPARATOR) || options.has(ReadOption.THOUSANDS)) {
            throw new CsvMismatchException("column %s has numbers late".formatted(column));
        }
        try {
            session.execute("ALTER TABLE %s ALTER %s TYPE %s USING %s"
                    .formatted(table.quoted(), column, type, value(column, type, found)));
        } catch (FleetException e) {
            throw new CsvMismatchException(e.detail(), e);
        }
    }

    private static String value(String column, String type, CsvDialect found) {
        Optional<String> format = switch (type) {
            case "DATE" -> found.dateFormat();
            case "TIMESTAMP" -> found.timestampFormat();
            default -> Optional.empty();
        };
        return format.map(text -> "strptime(%s, %s)::%s".formatted(column, Identifiers.literal(text), type))
                .orElse("%s::%s".formatted(column, type));
    }
}
