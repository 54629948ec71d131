package io.duckfleet.datanode.load;

import java.nio.file.Path;

/// A part of a CSV file that holds whole records, as a file of ours. Chunks are numbered from 0 in the file's
/// order.
record Chunk(int index, Path file) {}
