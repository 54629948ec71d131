package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/// Which files a snapshot has added, asked of the catalog. Files are numbered in the order of commits, so
/// this reads a few rows by primary key.
public final class CommittedFiles {

    private final CatalogDatabase catalog;

    public CommittedFiles(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    /// The files that snapshot `snapshotId` has added to users' tables, newest last.
    List<LakeFile> of(long snapshotId) {
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT t.table_name, f.path, f.file_size_bytes FROM %1$s f
                    JOIN %2$s t ON t.table_id = f.table_id AND t.begin_snapshot <= ? AND (t.end_snapshot IS NULL OR t.end_snapshot > ?)
                    JOIN %4$s s ON s.schema_id = t.schema_id AND s.schema_name = 'data'
                    WHERE f.begin_snapshot = ? AND f.data_file_id >= coalesce((SELECT next_file_id FROM %3$s WHERE snapshot_id = ? - 1), 0)
                    ORDER BY f.data_file_id
                    """.formatted(
                            catalog.qualified("ducklake_data_file"),
                            catalog.qualified("ducklake_table"),
                            catalog.qualified("ducklake_snapshot"),
                            catalog.qualified("ducklake_schema")))) {
                for (int i = 1; i <= 4; i++) {
                    query.setLong(i, snapshotId);
                }
                List<LakeFile> files = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        files.add(new LakeFile(new TableName(rows.getString(1)), rows.getString(2), rows.getLong(3)));
                    }
                }
                return files;
            }
        });
    }
}
