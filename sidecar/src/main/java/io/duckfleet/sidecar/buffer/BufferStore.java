package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The buffer's file, opened anew after an error that leaves DuckDB unusable (a full disk, above all). As
/// an open file is shared within a process, all readers leave before it is closed. One thread writes, many
/// may read.
final class BufferStore implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BufferStore.class);

    private final Path directory;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable BufferFile open;

    /// Opens the file in `directory`.
    ///
    /// @throws FleetException as [BufferFile#open]
    BufferStore(Path directory) {
        this.directory = directory;
        this.open = BufferFile.open(directory);
    }

    Path directory() {
        return directory;
    }

    /// Lends the file to its one writer, and opens it first when that failed before.
    <T> T write(Function<BufferFile, T> work) {
        BufferFile file = open;
        if (file == null) {
            reopen();
            return write(work);
        }
        return work.apply(file);
    }

    /// Lends a session for reading.
    <T> T read(SessionWork<T> work) {
        lock.readLock().lock();
        try {
            BufferFile file = open;
            if (file == null) {
                throw DiskRoom.full(
                        directory,
                        new FleetException(
                                io.duckfleet.common.errors.ErrorCode.BUFFER_DISK_FULL, "the buffer isn't open"));
            }
            return file.read(work);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Folds the log into the file, while nobody reads: DuckDB refuses it while it clears up after a reader.
    /// Called by the file's writer.
    ///
    /// @throws FleetException if the file can't be written
    void checkpoint() {
        lock.writeLock().lock();
        try {
            write(file -> {
                file.checkpoint();
                return true;
            });
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Closes the file and opens it again; called by its writer.
    void reopen() {
        lock.writeLock().lock();
        try {
            closeQuietly();
            open = BufferFile.open(directory);
            LOG.infof("the buffer in %s is open again", directory);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// As [#reopen()]; what fails now is tried again with the next write.
    void reopenQuietly() {
        try {
            reopen();
        } catch (FleetException e) {
            LOG.errorf("the buffer can't be opened again: %s", e.detail());
        }
    }

    private void closeQuietly() {
        BufferFile file = open;
        open = null;
        if (file != null) {
            try {
                file.close();
            } catch (FleetException e) {
                LOG.debugf("closing the buffer: %s", e.detail());
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closeQuietly();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
