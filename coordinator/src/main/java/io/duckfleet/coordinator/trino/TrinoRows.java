package io.duckfleet.coordinator.trino;

import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.results.ResultLimit;
import io.duckfleet.common.sql.Identifiers;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;

/// Rows of Trino's in a temp table of a DuckDB session, where DuckDB's memory limit covers them and DuckDB
/// may spill them. They are stored as texts, and read with their types.
final class TrinoRows {

    private static final String TABLE = "the rows of trino";

    private final List<Column> columns;
    private long rows;
    private long characters;

    private record Column(String name, TrinoType type) {}

    private TrinoRows(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /// Room for the rows of `result` in the session.
    static TrinoRows prepare(Session session, ResultSet result) throws SQLException {
        List<Column> columns = new ArrayList<>();
        ResultSetMetaData metadata = result.getMetaData();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new Column(metadata.getColumnLabel(i), TrinoType.of(metadata.getColumnTypeName(i))));
        }
        session.execute("CREATE OR REPLACE TEMP TABLE %s (%s)"
                .formatted(
                        Identifiers.quote(TABLE),
                        IntStream.range(0, columns.size())
                                .mapToObj("c%d VARCHAR"::formatted)
                                .collect(Collectors.joining(", "))));
        return new TrinoRows(columns);
    }

    /// Stores at most `most` rows, as long as `call` goes on. Errors of Trino leave as they are, those of
    /// DuckDB as ours.
    ///
    /// @throws io.duckfleet.common.errors.FleetException `result_too_large`, `cancelled`
    void store(Session session, ResultSet result, TrinoCall call, long most, ResultLimit limit) throws SQLException {
        try (Table table = Table.in(session)) {
            while (rows < most && result.next()) {
                characters += table.append(texts(result));
                rows++;
                if (limit.isExceededBy(characters)) {
                    throw limit.exceeded();
                }
                call.requireGoing();
            }
        }
        call.requireGoing();
    }

    /// How many rows are stored.
    long count() {
        return rows;
    }

    /// The statement that reads the rows.
    String select() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "%s AS %s"
                        .formatted(
                                typed("c" + i, columns.get(i).type()),
                                Identifiers.quote(columns.get(i).name())))
                .collect(Collectors.joining(", ", "SELECT ", " FROM temp.main." + Identifiers.quote(TABLE)));
    }

    private static String typed(String column, TrinoType type) {
        if (type.isBinary()) {
            return "from_hex(%s)".formatted(column);
        }
        return type.isNested()
                ? "CAST(CAST(%s AS JSON) AS %s)".formatted(column, type.inDuckDb())
                : "CAST(%s AS %s)".formatted(column, type.inDuckDb());
    }

    private List<Optional<String>> texts(ResultSet result) throws SQLException {
        List<Optional<String>> texts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.add(TrinoValues.text(result, i + 1, columns.get(i).type()));
        }
        return texts;
    }

    /// The way into the table. Errors are told as DuckDB's, so that nobody takes them for Trino's.
    private record Table(DuckDBAppender appender) implements AutoCloseable {

        static Table in(Session session) {
            try {
                return new Table(session.connection().createAppender("temp", "main", TABLE));
            } catch (SQLException e) {
                throw DuckDbErrors.translate(e);
            }
        }

        /// Appends a row; tells how many characters it has.
        long append(List<Optional<String>> texts) {
            try {
                long characters = 0;
                appender.beginRow();
                for (Optional<String> text : texts) {
                    if (text.isPresent()) {
                        appender.append(text.get());
                        characters += text.get().length();
                    } else {
                        appender.appendNull();
                    }
                }
                appender.endRow();
                return characters;
            } catch (SQLException e) {
                throw DuckDbErrors.translate(e);
            }
        }

        @Override
        public void close() {
            try {
                appender.close();
            } catch (SQLException e) {
                throw DuckDbErrors.translate(e);
            }
        }
    }
}
