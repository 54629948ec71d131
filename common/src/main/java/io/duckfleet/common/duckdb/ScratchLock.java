package io.duckfleet.common.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tells whether the owner of a folder lives: it holds a lock on the file `<folder>.lock` beside it, which
/// the system takes back when a process ends, however it does. POSIX also takes a lock back when its process
/// closes the file, though it was opened a second time (fcntl(2)): a process must not look at its own locks.
final class ScratchLock implements AutoCloseable {

    private static final String SUFFIX = ".lock";
    private static final String NOT_YET_LOCKED = ".new";

    /// The system's clock and that of processes may differ a little.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;
    private final FileChannel channel;

    private ScratchLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Locks the folder for this process. The file has its name only when it is locked: others would take it
    /// for a dead process's in between.
    static ScratchLock on(Path folder) throws IOException {
        Path made = folder.resolveSibling(folder.getFileName() + NOT_YET_LOCKED);
        FileChannel channel = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Path file = folder.resolveSibling(folder.getFileName() + SUFFIX);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        return new ScratchLock(file, channel);
    }

    /// The folders in `parent` whose names begin with `prefix` and whose owners are gone. They are the
    /// caller's now, who alone has removed their locks.
    static List<Path> abandoned(Path parent, String prefix) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (Stream<Path> files = Files.list(parent)) {
            for (Path file : files.filter(path -> isLock(path, prefix)).toList()) {
                if (!isOfThisProcess(file) && isFree(file) && Files.deleteIfExists(file)) {
                    abandoned.add(folderOf(file));
                }
            }
        }
        return abandoned;
    }

    private static boolean isLock(Path path, String prefix) {
        String name = path.getFileName().toString();
        return name.startsWith(prefix) && name.endsWith(SUFFIX);
    }

    private static Path folderOf(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// Its name has the process's number, as has that of an older process's file, perhaps. (What this process
    /// holds can't be remembered in a field: several class loaders may have this class.)
    private static boolean isOfThisProcess(Path file) {
        ProcessHandle process = ProcessHandle.current();
        boolean hasNumber = file.getFileName().toString().contains("-%d-".formatted(process.pid()));
        Instant made = Instant.ofEpochMilli(file.toFile().lastModified());
        return hasNumber
                && process.info()
                        .startInstant()
                        .map(started -> made.plus(TOLERANCE).isAfter(started))
                        .orElse(true);
    }

    /// A file that can't be looked at is another user's.
    private static boolean isFree(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
