package io.duckfleet.common.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tells whether the owner of a folder lives: it holds a lock on the file `<folder>.lock` beside it, which
/// the system takes back when a process ends, however it does.
final class ScratchLock implements AutoCloseable {

    private static final String SUFFIX = ".lock";

    private final Path file;
    private final FileChannel channel;

    private ScratchLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Locks the folder for this process.
    static ScratchLock on(Path folder) throws IOException {
        Path file = folder.resolveSibling(folder.getFileName() + SUFFIX);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return new ScratchLock(file, channel);
    }

    /// The folders in `parent` whose names begin with `prefix` and whose owners are gone; they are nobody's
    /// now, and their locks are removed.
    static List<Path> abandoned(Path parent, String prefix) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (Stream<Path> files = Files.list(parent)) {
            for (Path file : files.filter(path -> isLock(path, prefix)).toList()) {
                if (isFree(file)) {
                    Files.deleteIfExists(file);
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
