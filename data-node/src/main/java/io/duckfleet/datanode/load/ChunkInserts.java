package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Inserts chunks in parallel, each in a transaction of its own. The transactions commit in the file's order,
/// which gives the table's rows that order: DuckDB numbers rows when they are committed. Used by one thread.
final class ChunkInserts implements AutoCloseable {

    private static final int WAITING = 1;

    private final DuckDb database;
    private final TableName table;
    private final CsvDialect dialect;
    private final LoadMeter meter;
    private final ExecutorService inserters;
    private final Semaphore room;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    ChunkInserts(DuckDb database, TableName table, CsvDialect dialect, LoadMeter meter, int parallel) {
        this.database = database;
        this.table = table;
        this.dialect = dialect;
        this.meter = meter;
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
        try (Session session = database.open()) {
            if (failure.isCompletedExceptionally()) {
                return;
            }
            session.execute("BEGIN TRANSACTION");
            long rows = session.update("INSERT INTO %s FROM %s".formatted(table.quoted(), read(chunk)));
            before.join();
            session.execute("COMMIT");
            meter.inserted(rows);
        } finally {
            delete(chunk);
        }
    }

    private String read(Chunk chunk) {
        return chunk.index() == 0 ? dialect.readFirst(chunk.file()) : dialect.readLater(chunk.file());
    }

    private void throwFailure() {
        if (failure.isCompletedExceptionally()) {
            Throwable error = failure.exceptionNow();
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof FleetException refused) {
                throw refused.code() == ErrorCode.SQL_FAILED
                        ? new CsvMismatchException(refused.detail(), refused)
                        : refused;
            }
            throw new IllegalStateException(cause);
        }
    }

    private static void delete(Chunk chunk) {
        try {
            Files.deleteIfExists(chunk.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
