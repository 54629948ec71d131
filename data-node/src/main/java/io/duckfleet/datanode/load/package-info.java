/// Brings an object from S3 into a DuckDB table. Takes a location and a table name, gives a whole table in a
/// locked DuckDB of its own, or one sentence that says why not. What DuckDB's own CSV reader would decide
/// about the file (dialect, names, types) is what is decided here.
@NullMarked
package io.duckfleet.datanode.load;

import org.jspecify.annotations.NullMarked;
