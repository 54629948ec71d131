package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.Span;
import io.duckfleet.sidecar.schema.SpanSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Where the records of long bodies wait on disk until the whole body is there and its types are known. A
/// bound on what all requests have there together. Thread-safe.
public final class Spool {

    private final Path folder;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /// Files stand in `folder`, which must be on a disk rather than in memory.
    public Spool(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /// Bytes on disk now.
    public long bytes() {
        return bytes.get();
    }

    /// A file for one request, which is deleted when it is closed.
    SpoolFile open() {
        try {
            Path path = Files.createTempFile(folder, "duckfleet-spool-", "");
            return new SpoolFile(path);
        } catch (IOException e) {
            throw full(e);
        }
    }

    /// Gives `work` the path of a file that it may make, which is deleted when it is done.
    <T> T withFile(String suffix, Function<Path, T> work) {
        Path path = newPath(suffix);
        try {
            return work.apply(path);
        } finally {
            delete(path);
        }
    }

    /// Gives `work` a file that holds `content`, which is deleted when it is done.
    ///
    /// @throws FleetException `buffer_disk_full` if it can't be written
    <T> T withContent(InputStream content, Function<Path, T> work) {
        return withFile(".file", path -> {
            try {
                Files.copy(content, path);
            } catch (IOException e) {
                throw full(e);
            }
            return work.apply(path);
        });
    }

    private Path newPath(String suffix) {
        try {
            Path path = Files.createTempFile(folder, "duckfleet-spool-", suffix);
            Files.delete(path);
            return path;
        } catch (IOException e) {
            throw full(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FleetException full(IOException e) {
        return new FleetException(
                ErrorCode.BUFFER_DISK_FULL,
                "the disk for bodies on their way into the lake is full, or can't be written; try again later",
                e);
    }

    /// One request's file. Used by one thread to write; the spans may be read by several.
    final class SpoolFile implements AutoCloseable {

        private final FileChannel channel;
        private long end;

        private SpoolFile(Path path) throws IOException {
            this.channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }

        /// Writes a span; the source reads it again until this file is closed.
        ///
        /// @throws FleetException `overloaded` when all requests together have spooled what they may
        SpanSource write(Span span) {
            ByteBuffer[] parts = span.toBytes();
            int size = parts[0].remaining() + parts[1].remaining();
            if (bytes.addAndGet(size) > maxBytes) {
                bytes.addAndGet(-size);
                throw new FleetException(
                        ErrorCode.OVERLOADED,
                        "long bodies of %d bytes are under way, which is all that is allowed; try again later"
                                .formatted(bytes.get()));
            }
            long start = end;
            end += size;
            try {
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
            } catch (IOException e) {
                throw full(e);
            }
            return () -> read(start, size);
        }

        private Span read(long start, int size) {
            ByteBuffer buffer = ByteBuffer.allocate(size);
            try {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, start + buffer.position()) < 0) {
                        throw new IOException("the spool file is shorter than what was written to it");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Span.readFrom(buffer.flip());
        }

        @Override
        public void close() {
            bytes.addAndGet(-end);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
