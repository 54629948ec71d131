package io.duckfleet.sidecar.iceberg;

import java.util.Optional;
import java.util.OptionalLong;

/// What the lake's catalog knows of a column in a file, values as DuckLake writes them. DuckLake's count of
/// values leaves NULLs out, which is why it isn't here.
record ColumnStatistics(
        OptionalLong bytes,
        OptionalLong nulls,
        Optional<String> min,
        Optional<String> max,
        Optional<Boolean> containsNan) {}
