package io.duckfleet.sidecar.iceberg;

import java.util.Map;
import java.util.OptionalLong;

/// A data file of the lake's newest snapshot. `partition` names the partitioning that it was written under;
/// `values` are its partition values by the key's index, as DuckLake writes them, NULLs left out.
record LakeFile(long id, String path, long rows, long bytes, OptionalLong partition, Map<Integer, String> values) {

    LakeFile {
        values = Map.copyOf(values);
    }
}
