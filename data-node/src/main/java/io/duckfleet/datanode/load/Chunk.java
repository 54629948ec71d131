package io.duckfleet.datanode.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// A part of a CSV file that holds whole records, with the statement that inserts them once they are in a
/// file.
final class Chunk {

    private final byte[] bytes;
    private final int from;
    private final int length;
    private final CanonicalValues values;
    private final Function<Path, String> insert;

    /// @param bytes the records are its first `length` bytes, those with values begin at `from`
    Chunk(byte[] bytes, int from, int length, CanonicalValues values, Function<Path, String> insert) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.values = values;
        this.insert = insert;
    }

    /// Looks at the values and writes the records into `file`.
    ///
    /// @return the statement that inserts them
    /// @throws CsvMismatchException if there is a value that the columns' types would bend
    String write(Path file) throws IOException {
        values.require(bytes, from, length);
        ChunkFile.write(file, bytes, length);
        return insert.apply(file);
    }

    /// The buffer, which may be used again after [#write(Path)].
    byte[] buffer() {
        return bytes;
    }
}
