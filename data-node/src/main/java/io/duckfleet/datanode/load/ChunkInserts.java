package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Inserts chunks in parallel, each in a transaction of its own. The transactions commit in the file's order,
/// which gives the table's rows that order: DuckDB numbers rows when they are committed. Used by one thread.
final class ChunkInserts implements AutoCloseable {

    private static final int WAITING = 1;

    private final DuckDb database;
    private final ScratchDirectory scratch;
    private final LoadMeter meter;
    private final int chunkBytes;
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final ExecutorService inserters;
    private final Semaphore room;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    ChunkInserts(DuckDb database, ScratchDirectory scratch, LoadMeter meter, int chunkBytes, int parallel) {
        this.database = database;
        this.scratch = scratch;
        this.meter = meter;
        this.chunkBytes = chunkBytes;
        this.inserters = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().daemon().name("insert-", 0).factory());
        this.room = new Semaphore(parallel + WAITING);
    }

    /// Takes the chunk over; waits while enough of them are under way.
    ///
    /// @throws CsvMismatchException if an earlier one could not be inserted
    void add(Chunk chunk) throws InterruptedException {
        room.acquire();
        throwFailure();
        CompletableFuture<Void> before = last;
        last = CompletableFuture.runAsync(() -> insert(chunk, before), inserters)
                .whenComplete((done, error) -> {
                    if (error != null) {
                        failure.completeExceptionally(error);
                    }
                    room.release();
                });
    }

    /// Waits until all chunks are committed.
    ///
    /// @throws CsvMismatchException if one could not be inserted
    void finish() {
        try {
            last.join();
        } catch (CompletionException e) {
            throwFailure();
            throw e;
        }
    }

    /// Waits for the end of what is under way; what has not begun never will.
    @Override
    public void close() {
        failure.completeExceptionally(new CancellationException("the load ended"));
        inserters.shutdown();
        try {
            if (!inserters.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("an insert doesn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insert(Chunk chunk, CompletableFuture<Void> before) {
        Path file = scratch.newFile("chunk");
        try (Session session = database.open()) {
            if (failure.isCompletedExceptionally()) {
                throw new IllegalStateException("a chunk before this one could not be inserted");
            }
            ChunkReading.Insert insert = chunk.prepare(file);
            give(chunk.buffer());
            meter.inserted(session.inTransaction(inserting -> {
                long rows = insert.into(inserting);
                before.join();
                return rows;
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    /// A buffer of at least `bytes`, used before where there is one.
    byte[] buffer(int bytes) {
        byte[] used = buffers.poll();
        return used != null && used.length >= bytes ? used : new byte[bytes];
    }

    /// The large one of a sample isn't kept.
    private void give(byte[] used) {
        if (used.length <= chunkBytes) {
            buffers.add(used);
        }
    }

    private void throwFailure() {
        if (failure.isCompletedExceptionally()) {
            Throwable error = failure.exceptionNow();
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof CsvMismatchException mismatch) {
                throw mismatch;
            }
            if (cause instanceof FleetException refused) {
                throw refused.code() == ErrorCode.SQL_FAILED
                        ? new CsvMismatchException(refused.detail(), refused)
                        : refused;
            }
            throw new IllegalStateException(cause);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
