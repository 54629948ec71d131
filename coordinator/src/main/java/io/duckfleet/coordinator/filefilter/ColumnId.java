package io.duckfleet.coordinator.filefilter;

/// A column by the catalog's numbers, which stay when it is renamed and are never given again.
record ColumnId(long table, long column) {}
