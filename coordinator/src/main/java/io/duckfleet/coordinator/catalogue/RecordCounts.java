package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.lake.LakeAttachment;
import java.util.Map;
import java.util.TreeMap;

/// How many records each of the lake's tables has.
final class RecordCounts {

    private static final String SQL = """
            SELECT t.table_name, coalesce(sum(f.record_count - coalesce(d.deleted, 0)), 0)::bigint AS records
            FROM {table} t
            JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL AND s.schema_name = '%s'
            LEFT JOIN {data_file} f ON f.table_id = t.table_id AND f.end_snapshot IS NULL
            LEFT JOIN (SELECT data_file_id, sum(delete_count)::bigint AS deleted FROM {delete_file} WHERE end_snapshot IS NULL GROUP BY 1) d
                ON d.data_file_id = f.data_file_id
            WHERE t.end_snapshot IS NULL
            GROUP BY 1
            """.formatted(LakeAttachment.SCHEMA);

    private RecordCounts() {}

    /// The numbers by the tables' names.
    static Map<String, Long> read(CatalogTables catalog) {
        return catalog.query(SQL, rows -> {
            Map<String, Long> counts = new TreeMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        });
    }
}
