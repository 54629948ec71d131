/// The lake as the sidecar holds it: one DuckDB instance that has it attached, the catalog's Postgres by
/// JDBC, the bucket, and whether all of these can be reached. Takes settings, lends sessions; what is
/// written, and when, is decided elsewhere.
@NullMarked
package io.duckfleet.sidecar.lake;

import org.jspecify.annotations.NullMarked;
