package io.duckfleet.sidecar.iceberg;

import java.util.OptionalInt;

/// A column, or a field within one, which has the column or field that it stands in as `parent`. `id` is
/// also its field id in the Parquet files. Rows that were there before a column `withDefault` have that in
/// no file.
record LakeColumn(int id, String name, String type, OptionalInt parent, boolean withDefault) {}
