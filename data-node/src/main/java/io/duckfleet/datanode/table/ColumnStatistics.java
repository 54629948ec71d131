package io.duckfleet.datanode.table;

import java.util.Optional;

/// What one pass over a column tells. `approxDistinct` is an estimate (HyperLogLog); `min` and `max` are
/// DuckDB's texts, absent for a column without values and where they would be longer than
/// [TableStatistics#LONGEST_TEXT].
public record ColumnStatistics(long nullCount, long approxDistinct, Optional<String> min, Optional<String> max) {}
