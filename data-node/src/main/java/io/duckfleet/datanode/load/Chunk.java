package io.duckfleet.datanode.load;

import java.io.IOException;
import java.nio.file.Path;

/// Records that are inserted together.
interface Chunk {

    /// Looks at all values; afterwards the buffer may be used again. `file` may be made.
    ///
    /// @throws CsvMismatchException if there is a value that the columns' types would bend
    ChunkReading.Insert prepare(Path file) throws IOException;

    /// What the records stand in.
    byte[] buffer();
}
