package io.duckfleet.sidecar.iceberg;

/// One key of a table's partitioning: DuckLake's `transform`, such as `month`, of a column. `index` is its
/// place among the keys.
record PartitionKey(int index, int column, String transform) {}
