package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.TableSchema.Column;

/// What can be known of a table's rows only by looking at them. Asked seldom: when a column's type is about
/// to change.
public interface ColumnFacts {

    /// Whether the column has no value at all.
    boolean holdsOnlyNulls(Column column);

    /// Whether every value of the column is the same after a cast to `type` and back.
    boolean survives(Column column, ColumnType type);
}
