package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.ScratchDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of CSV into chunk files of some `chunkBytes`. The first one is cut when its dialect is
/// known, so it comes in two steps: [#sample()], then [#next(RecordCutter)] again and again.
final class ChunkReader {

    private static final int LARGEST_SAMPLE = 64 << 20;

    /// What DuckDB's sniffer looks at.
    private static final int SAMPLE_LINES = 20_480;

    private static final int WRITE_BYTES = 1 << 20;

    private final InputStream plain;
    private final ScratchDirectory scratch;
    private byte[] buffer;
    private int filled;
    private boolean atEnd;
    private int chunks;

    ChunkReader(InputStream plain, ScratchDirectory scratch, int chunkBytes) {
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

    /// The next chunk, or nothing at the end.
    ///
    /// @throws CsvMismatchException when a record is larger than a chunk
    @Nullable
    Chunk next(RecordCutter cutter) throws IOException {
        fill();
        if (filled == 0) {
            return null;
        }
        int end = atEnd
                ? filled
                : cutter.lastEnd(buffer, filled)
                        .orElseThrow(
                                () -> new CsvMismatchException("no record ends within %d bytes".formatted(filled)));
        Chunk chunk = new Chunk(chunks++, write(end));
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        return chunk;
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

    /// In pieces, as the channel copies each into a direct buffer that it keeps.
    private Path write(int length) throws IOException {
        Path file = scratch.newFile("chunk");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int written = 0;
            while (written < length) {
                int count = Math.min(WRITE_BYTES, length - written);
                written += channel.write(ByteBuffer.wrap(buffer, written, count));
            }
        }
        return file;
    }
}
