/// Works 3, 4, 11 and 12: queries of a coordinator over data nodes. Takes tables as Parquet on S3, placed on
/// nodes; against one DuckDB that has all tables, against quack, and against the node asked directly.
@NullMarked
package io.duckfleet.benchmarks.query;

import org.jspecify.annotations.NullMarked;
