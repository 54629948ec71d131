package io.duckfleet.common.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A folder of a process's own for files that live as long as a request: results on their way out, fragments
/// on their way in, what DuckDB spills. It stands in memory (`/dev/shm`) where the system has that with room
/// enough, and is the one place that a locked DuckDB may still read and write. Thread-safe.
public final class ScratchDirectory implements AutoCloseable {

    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long LEAST_ROOM = 1L << 30;

    private final Path directory;
    private final AtomicLong files = new AtomicLong();

    private ScratchDirectory(Path directory) {
        this.directory = directory;
    }

    /// A new empty folder for a process called `name`.
    public static ScratchDirectory create(String name) {
        try {
            Path parent = hasRoomInMemory() ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
            return new ScratchDirectory(Files.createTempDirectory(parent, prefix(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new empty folder in `parent`, for what shall not be in memory.
    public static ScratchDirectory in(Path parent, String name) {
        try {
            return new ScratchDirectory(Files.createTempDirectory(Files.createDirectories(parent), prefix(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process is named, so that people know whose folder it is.
    private static String prefix(String name) {
        return "duckfleet-%s-%d-".formatted(name, ProcessHandle.current().pid());
    }

    /// Containers often have a `/dev/shm` of 64 MB.
    private static boolean hasRoomInMemory() {
        return Files.isWritable(IN_MEMORY) && IN_MEMORY.toFile().getUsableSpace() >= LEAST_ROOM;
    }

    public Path path() {
        return directory;
    }

    /// The path of a file that doesn't exist yet; who makes it deletes it.
    public Path newFile(String purpose) {
        return directory.resolve(purpose + "-" + files.incrementAndGet());
    }

    /// Removes the folder with everything in it.
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
