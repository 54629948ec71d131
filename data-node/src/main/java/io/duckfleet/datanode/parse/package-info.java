/// Parses plain CSV without DuckDB, at several times its reader's speed: canonical values of the usual types,
/// as nearly all files have. Takes a chunk of whole records, gives columns as Arrow buffers, which DuckDB
/// takes over; or nothing at all, when a single byte isn't beyond doubt, and then DuckDB reads the chunk. See
/// decision 012.
@NullMarked
package io.duckfleet.datanode.parse;

import org.jspecify.annotations.NullMarked;
