/// Embedded DuckDB instances: opening, hardening and lending sessions, finding extensions, and telling
/// DuckDB's errors as [FleetException]s. Takes settings, gives sessions that are always closed by the one who
/// opened them.
@NullMarked
package io.duckfleet.common.duckdb;

import org.jspecify.annotations.NullMarked;
