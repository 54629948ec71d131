package io.duckfleet.sidecar.iceberg;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.lake.Lake;

/// Copies DuckLake's files of deleted rows. Their columns have field ids that Iceberg doesn't know
/// (2147483646 and 2147483645), so that readers of Iceberg would find no rows in them.
final class PositionDeletes {

    private static final String FOLDER = MirrorFiles.FOLDER + "deletes/";

    private final Lake lake;

    PositionDeletes(Lake lake) {
        this.lake = lake;
    }

    /// Where the copy is, or will be.
    static String copyOf(LakeTable table, LakeDeletes deletes) {
        return table.folder() + FOLDER + deletes.baseName();
    }

    /// Makes the copy; the rows are those of `file`.
    void copy(LakeTable table, LakeDeletes deletes, LakeFile file) {
        String sql = """
                COPY (SELECT %s AS file_path, pos FROM read_parquet(%s) ORDER BY pos)
                TO %s (FORMAT parquet, FIELD_IDS {file_path: 2147483546, pos: 2147483545})
                """.formatted(
                        Identifiers.literal(file.path()),
                        Identifiers.literal(deletes.path()),
                        Identifiers.literal(copyOf(table, deletes)));
        boolean _ = lake.withSession(session -> {
            session.execute(sql);
            return true;
        });
    }
}
