/// The table that a node serves: what it holds, its true size and statistics, and whether it is there yet.
/// Takes a loaded DuckDB, gives `GET /metadata` and `GET /`.
@NullMarked
package io.duckfleet.datanode.table;

import org.jspecify.annotations.NullMarked;
