package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Computes the statistics of all columns in one pass, or a pass per [#COLUMNS_AT_ONCE] columns of a very
/// wide table.
final class TableStatistics {

    /// Characters of a least or greatest value beyond which it isn't told.
    static final int LONGEST_TEXT = 1_000;

    private static final int COLUMNS_AT_ONCE = 500;
    private static final int VALUES_PER_COLUMN = 4;

    private TableStatistics() {}

    static List<ColumnStatistics> compute(Session session, TableName table, List<TableColumn> columns) {
        List<ColumnStatistics> statistics = new ArrayList<>(columns.size());
        for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
            List<TableColumn> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
            statistics.addAll(computeSome(session, table, some));
        }
        return List.copyOf(statistics);
    }

    private static List<ColumnStatistics> computeSome(Session session, TableName table, List<TableColumn> columns) {
        String aggregates = columns.stream().map(TableStatistics::aggregates).collect(Collectors.joining(", "));
        return session.query("SELECT %s FROM %s".formatted(aggregates, table.quoted()), rows -> {
            rows.next();
            List<ColumnStatistics> statistics = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                statistics.add(read(rows, i * VALUES_PER_COLUMN));
            }
            return statistics;
        });
    }

    private static String aggregates(TableColumn column) {
        String name = Identifiers.quote(column.name());
        return "count(*) - count(%s), approx_count_distinct(%s), min(%s)::VARCHAR, max(%s)::VARCHAR"
                .formatted(name, name, name, name);
    }

    private static ColumnStatistics read(ResultSet rows, int before) throws SQLException {
        return new ColumnStatistics(
                rows.getLong(before + 1),
                rows.getLong(before + 2),
                shortText(rows, before + 3),
                shortText(rows, before + 4));
    }

    private static Optional<String> shortText(ResultSet rows, int index) throws SQLException {
        return Optional.ofNullable(rows.getString(index)).filter(text -> text.length() <= LONGEST_TEXT);
    }
}
