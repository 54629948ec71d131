/// Work 9: finding records among a million in the lake, through coordinator, HTTP and JSON, against plain
/// DuckDB that reads the same Parquet files on the same S3.
@NullMarked
package io.duckfleet.benchmarks.lake;

import org.jspecify.annotations.NullMarked;
