package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.ScratchDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a stream of CSV into chunks of some `chunkBytes`. The first one is what the sniffer saw, which is
/// more where records are long. It is cut when its dialect is known, so it comes in two steps: [#sample()],
/// then [#next(RecordCutter)] again and again.
final class ChunkReader {

    private static final int LARGEST_SAMPLE = 32 << 20;

    /// What DuckDB's sniffer looks at.
    private static final int SAMPLE_LINES = 20_480;

    private static final int SURELY_SNIFFED_LINES = 20_000;

    private final InputStream plain;
    private final ScratchDirectory scratch;
    private final int chunkBytes;
    private byte[] buffer;
    private int filled;
    private boolean atEnd;

    ChunkReader(InputStream plain, ScratchDirectory scratch, int chunkBytes) {
        this.chunkBytes = chunkBytes;
        this.buffer = new byte[chunkBytes];
        this.plain = plain;
        this.scratch = scratch;
    }

    /// Reads as much as the sniffer wants to see, and writes it into a file, which the caller deletes. Empty
    /// when there is nothing to read.
    Optional<Path> sample() throws IOException {
        fill();
        while (!atEnd && buffer.length < LARGEST_SAMPLE && lines() < SAMPLE_LINES) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
            fill();
        }
        return filled == 0 ? Optional.empty() : Optional.of(write(filled));
    }

    /// Fills the buffer, and tells how many of its bytes are whole records; 0 at the end.
    ///
    /// @throws CsvMismatchException when a record is larger than the buffer
    int next(RecordCutter cutter) throws IOException {
        fill();
        if (atEnd) {
            cutter.requireNothingUnexpected(buffer, filled);
            return filled;
        }
        return cutter.lastEnd(buffer, filled)
                .orElseThrow(() -> new CsvMismatchException("no record ends within %d bytes".formatted(filled)));
    }

    /// Gives the buffer away, whose first `length` bytes are taken, and goes on with the rest of it in
    /// another one of at least that size.
    byte[] exchange(int length, byte[] other) {
        byte[] full = buffer;
        System.arraycopy(full, length, other, 0, filled - length);
        buffer = other;
        filled -= length;
        return full;
    }

    /// What the next buffer must have room for, when `length` bytes are taken of this one.
    int nextBytes(int length) {
        return Math.max(chunkBytes, 2 * (filled - length));
    }

    /// Whether `wanted` is in the lines that the sniffer looks at: the sample may have many more. Some lines
    /// less are looked at here, and half as many where they end with two characters.
    boolean sniffedHas(byte wanted) {
        int lines = 0;
        for (int i = 0; i < filled && lines < SURELY_SNIFFED_LINES; i++) {
            if (buffer[i] == wanted) {
                return true;
            }
            if (buffer[i] == '\n' || buffer[i] == '\r') {
                lines++;
            }
        }
        return false;
    }

    private void fill() throws IOException {
        while (!atEnd && filled < buffer.length) {
            int count = plain.read(buffer, filled, buffer.length - filled);
            atEnd = count < 0;
            filled += Math.max(count, 0);
        }
    }

    private int lines() {
        int lines = 0;
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    private Path write(int length) throws IOException {
        Path file = scratch.newFile("sample");
        ChunkFile.write(file, buffer, length);
        return file;
    }
}
