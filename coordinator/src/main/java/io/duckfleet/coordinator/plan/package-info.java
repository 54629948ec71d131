/// Turns a statement into fragments for the nodes and one local query. Takes a parsed statement and the
/// fleet's schema, gives a [LocalQuery]; knows neither HTTP nor how fragments are fetched. The adviser is
/// DuckDB's own optimizer over empty stubs of the fleet's tables.
@NullMarked
package io.duckfleet.coordinator.plan;

import org.jspecify.annotations.NullMarked;
