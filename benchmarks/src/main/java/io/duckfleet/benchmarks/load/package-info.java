/// Work 1: a gzipped CSV file from S3 into a table. Against DuckDB's own reader over httpfs; the floor is
/// inflating the file alone.
@NullMarked
package io.duckfleet.benchmarks.load;

import org.jspecify.annotations.NullMarked;
