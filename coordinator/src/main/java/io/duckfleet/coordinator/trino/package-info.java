/// Queries that a caller hands to Trino instead of having them run here. Takes a text in Trino's SQL, sends
/// it by Trino's JDBC driver, and leaves the rows in the query's own DuckDB session, from where they go out
/// as any others do.
@NullMarked
package io.duckfleet.coordinator.trino;

import org.jspecify.annotations.NullMarked;
