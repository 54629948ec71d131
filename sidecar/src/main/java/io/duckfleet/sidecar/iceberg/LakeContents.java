package io.duckfleet.sidecar.iceberg;

import java.util.List;
import java.util.OptionalLong;

/// What a table consists of at a snapshot of the lake: its columns, the partitioning that new files get, and
/// the files. `lastColumn` is the highest column id that the table ever had.
record LakeContents(
        long snapshot,
        List<LakeColumn> columns,
        int lastColumn,
        OptionalLong partition,
        List<PartitionKey> keys,
        List<LakeFile> files,
        List<LakeDeletes> deletes) {

    LakeContents {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        files = List.copyOf(files);
        deletes = List.copyOf(deletes);
    }
}
