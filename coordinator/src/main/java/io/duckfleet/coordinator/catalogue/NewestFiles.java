package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Finds files whose records are newer than those of all others, by what the catalog knows of them.
final class NewestFiles {

    /// Of files written last; one that was merged out of old ones is among them, too.
    private static final int MOST_FILES = 1_000;

    private NewestFiles() {}

    /// A time since which at least `records` records were ingested into `table`, or into all tables, as far as
    /// the catalog tells: counts of files take in records without a time.
    static Optional<Instant> since(CatalogTables catalog, Optional<String> table, long records) {
        String ofTable = table.map(
                        name -> " AND lower(t.table_name) = " + Identifiers.literal(name.toLowerCase(Locale.ROOT)))
                .orElse("");
        String sql = """
                SELECT max(earliest) FROM (
                    SELECT earliest, sum(record_count) OVER (ORDER BY earliest DESC, data_file_id) AS records FROM (
                        SELECT f.data_file_id, f.record_count, st.min_value::timestamptz AS earliest
                        FROM {data_file} f
                        JOIN {table} t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
                        JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL AND s.schema_name = '%s'
                        JOIN {column} i ON i.table_id = f.table_id AND i.column_name = 'ingested_at' AND i.parent_column IS NULL
                            AND i.end_snapshot IS NULL AND i.column_type = 'timestamptz'
                        JOIN {file_column_stats} st ON st.data_file_id = f.data_file_id AND st.column_id = i.column_id
                        WHERE f.end_snapshot IS NULL AND NOT EXISTS (
                            SELECT 1 FROM {delete_file} d WHERE d.data_file_id = f.data_file_id AND d.end_snapshot IS NULL)%s
                        ORDER BY f.data_file_id DESC LIMIT %d) AS files) AS summed
                WHERE records >= %d
                """.formatted(LakeAttachment.SCHEMA, ofTable, MOST_FILES, records);
        return catalog.query(sql, rows -> {
            rows.next();
            return FileList.instant(rows, 1);
        });
    }
}
