/// The tables that a node serves: what they hold, their true size and statistics, and whether they are
/// there yet. Takes a loaded DuckDB, gives `GET /metadata` and `GET /`.
@NullMarked
package io.duckfleet.datanode.table;

import org.jspecify.annotations.NullMarked;
