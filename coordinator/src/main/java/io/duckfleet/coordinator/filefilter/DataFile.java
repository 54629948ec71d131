package io.duckfleet.coordinator.filefilter;

import io.duckfleet.coordinator.catalogue.CatalogTables;
import java.util.ArrayList;
import java.util.List;

/// A file of a table, and how many records were written to it.
record DataFile(String address, long records) {

    /// A smaller one is read faster than it is ruled out, and will soon be merged.
    private static final int FEWEST_RECORDS = 10_000;

    /// Each is compared with each name that is left out.
    private static final int MOST_FILES = 1_000;

    /// The files of a table that are worth a filter, the largest first.
    static List<DataFile> worthFiltering(CatalogTables catalog, long table) {
        String sql = """
                SELECT CASE WHEN f.path_is_relative THEN m.value || s.path || t.path || f.path ELSE f.path END, f.record_count
                FROM {data_file} f
                JOIN {table} t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
                JOIN {schema} s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
                LEFT JOIN {metadata} m ON m.key = 'data_path' AND m.scope IS NULL
                WHERE f.end_snapshot IS NULL AND f.table_id = %d AND f.record_count >= %d
                ORDER BY f.record_count DESC, f.data_file_id LIMIT %d
                """.formatted(table, FEWEST_RECORDS, MOST_FILES);
        return catalog.query(sql, rows -> {
            List<DataFile> files = new ArrayList<>();
            while (rows.next()) {
                files.add(new DataFile(rows.getString(1), rows.getLong(2)));
            }
            return List.copyOf(files);
        });
    }
}
