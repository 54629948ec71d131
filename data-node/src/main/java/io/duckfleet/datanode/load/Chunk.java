package io.duckfleet.datanode.load;

import java.nio.file.Path;
import java.util.function.Function;

/// A part of a CSV file that holds whole records: the first `length` bytes of `bytes`, values standing from
/// `from` on. `values` says which of them must be refused; `insert` gives the statement that inserts them
/// once they are in a file.
record Chunk(byte[] bytes, int from, int length, CanonicalValues values, Function<Path, String> insert) {}
