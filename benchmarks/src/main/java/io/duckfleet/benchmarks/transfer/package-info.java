/// Work 2: four columns of a node's table into a temp table of another DuckDB, as the coordinator does it.
/// Against DuckDB's own protocol (quack) and JSON over HTTP; the floor is DuckDB reading the same Parquet
/// from memory.
@NullMarked
package io.duckfleet.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;
