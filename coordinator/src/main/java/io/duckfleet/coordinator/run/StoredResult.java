package io.duckfleet.coordinator.run;

import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A result that has been written into a file, from which any number of results like it are opened. They
/// outlive the file, which closing this removes.
final class StoredResult implements AutoCloseable {

    private final Path file;
    private final ResultFormat format;
    private final long rows;

    private StoredResult(Path file, ResultFormat format, long rows) {
        this.file = file;
        this.format = format;
        this.rows = rows;
    }

    /// Writes `result` into `file`, which is new.
    static StoredResult write(ReadyResult result, Path file) {
        try {
            return new StoredResult(file, result.format(), copy(result, file));
        } catch (IOException e) {
            remove(file);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            remove(file);
            throw e;
        }
    }

    private static long copy(ReadyResult result, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            return result.writeTo(out);
        }
    }

    /// One more result, to be closed by the caller.
    ReadyResult open() {
        try {
            return new Opened(FileChannel.open(file, StandardOpenOption.READ), format, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove(file);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Opened(FileChannel bytes, ResultFormat format, long rows) implements ReadyResult {

        @Override
        public long writeTo(OutputStream out) throws IOException {
            WritableByteChannel target = Channels.newChannel(out);
            long size = bytes.size();
            for (long position = 0; position < size; ) {
                position += bytes.transferTo(position, size - position, target);
            }
            out.flush();
            return rows;
        }

        @Override
        public void close() {
            try {
                bytes.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
