/// Work 5: posts of JSON records, acked when they are in the lake. Against the method of DuckParqStream
/// (parse, append to the week's Parquet file by writing it anew); the floor is DuckDB reading the same JSON
/// and writing partitioned Parquet, without a server, a catalog or S3.
@NullMarked
package io.duckfleet.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
