package io.duckfleet.datanode.load;

import java.io.IOException;
import java.nio.file.Path;

/// A part of a CSV file that holds whole records.
final class CsvChunk implements Chunk {

    private final byte[] bytes;
    private final int length;
    private final boolean isFirst;
    private final ChunkReading reading;

    /// @param bytes the records are its first `length` bytes
    /// @param isFirst whether they are the first of their object
    CsvChunk(byte[] bytes, int length, boolean isFirst, ChunkReading reading) {
        this.bytes = bytes;
        this.length = length;
        this.isFirst = isFirst;
        this.reading = reading;
    }

    @Override
    public ChunkReading.Insert prepare(Path file) throws IOException {
        return reading.prepare(bytes, length, isFirst, file);
    }

    @Override
    public byte[] buffer() {
        return bytes;
    }
}
