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
    private static final String PREFIX = "duckfleet-";
    private static final long LEAST_ROOM = 1L << 30;

    private final Path directory;
    private final ScratchLock lock;
    private final AtomicLong files = new AtomicLong();

    private ScratchDirectory(Path directory) throws IOException {
        this.directory = directory;
        this.lock = ScratchLock.on(directory);
    }

    /// A new empty folder for a process called `name`. What processes that were killed have left is removed.
    public static ScratchDirectory create(String name) {
        return in(hasRoomInMemory() ? IN_MEMORY : onDisk(), name);
    }

    /// The same on disk, for what would be too large for memory.
    public static ScratchDirectory onDisk(String name) {
        return in(onDisk(), name);
    }

    /// A new empty folder in `parent`, for what shall not be in memory.
    public static ScratchDirectory in(Path parent, String name) {
        try {
            Path folder = Files.createDirectories(parent);
            removeLeftovers(folder);
            return new ScratchDirectory(Files.createTempDirectory(folder, prefix(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process is named, so that people know whose folder it is.
    private static String prefix(String name) {
        return "%s%s-%d-".formatted(PREFIX, name, ProcessHandle.current().pid());
    }

    private static Path onDisk() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void removeLeftovers(Path parent) throws IOException {
        for (Path abandoned : ScratchLock.abandoned(parent, PREFIX)) {
            remove(abandoned);
        }
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
        try (lock) {
            remove(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
