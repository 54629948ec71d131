package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds files whose records are newer than those of all others, by what the catalog knows of them.
final class NewestFiles {

    /// DuckLake's names of the types that have times, by DuckDB's.
    private static final Map<String, String> LAKE_TYPES =
            Map.of("DATE", "date", "TIMESTAMP", "timestamp", "TIMESTAMP WITH TIME ZONE", "timestamptz");

    /// Of files written last; one that was merged out of old ones is among them, too.
    private static final int MOST_FILES = 1_000;

    private NewestFiles() {}

    /// A time since which at least `records` records of `table`, or of all tables, have in that column, and
    /// before `until`, as far as the catalog tells of whole files.
    static Optional<Instant> since(
            CatalogTables catalog, Optional<String> table, Column column, Optional<Instant> until, long records) {
        Optional<String> type = Optional.ofNullable(LAKE_TYPES.get(column.type()));
        return type.flatMap(ofColumn -> catalog.query(sql(table, column, ofColumn, until, records), rows -> {
            rows.next();
            return FileList.instant(rows, 1);
        }));
    }

    private static String sql(
            Optional<String> table, Column column, String type, Optional<Instant> until, long records) {
        String ofTable =
                table.map(name -> " AND lower(t.table_name) = " + lowered(name)).orElse("");
        String before = until.map(end -> " AND %s < '%s'".formatted(CatalogTables.time("st.max_value", type), end))
                .orElse("");
        return """
               SELECT max(earliest) FROM (
                   SELECT earliest, sum(timed) OVER (ORDER BY earliest DESC, data_file_id) AS records FROM (
                       SELECT f.data_file_id, f.record_count - coalesce(st.null_count, 0) AS timed, %s AS earliest
                       FROM {data_file} f
                       JOIN {table} t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
                       JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL AND s.schema_name = '%s'
                       JOIN {column} i ON i.table_id = f.table_id AND lower(i.column_name) = %s AND i.parent_column IS NULL
                           AND i.end_snapshot IS NULL AND i.column_type = '%s'
                       JOIN {file_column_stats} st ON st.data_file_id = f.data_file_id AND st.column_id = i.column_id
                       WHERE f.end_snapshot IS NULL AND NOT EXISTS (
                           SELECT 1 FROM {delete_file} d WHERE d.data_file_id = f.data_file_id AND d.end_snapshot IS NULL)%s%s
                       ORDER BY f.data_file_id DESC LIMIT %d) AS files
                   WHERE earliest IS NOT NULL) AS summed
               WHERE records >= %d
               """.formatted(
                        CatalogTables.time("st.min_value", type),
                        LakeAttachment.SCHEMA,
                        lowered(column.name()),
                        type,
                        ofTable,
                        before,
                        MOST_FILES,
                        records);
    }

    /// A literal of a standard-conforming Postgres, in which a backslash is one.
    private static String lowered(String name) {
        return Identifiers.literal(name.toLowerCase(Locale.ROOT));
    }
}
