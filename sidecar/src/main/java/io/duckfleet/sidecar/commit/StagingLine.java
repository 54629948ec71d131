package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.ReservedFields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jboss.logging.Logger;

/// The pieces of one large batch on their way to rows: some are under way at once, by several workers, and
/// come out in their order. In a DuckDB of its own, whose sessions compute each on its caller's thread: in
/// the lake's instance they would wait for its threads, spinning. For one thread at a time.
final class StagingLine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StagingLine.class);

    /// For each worker, so that it goes on while a file is finished.
    private static final int STATEMENTS_AHEAD = 3;

    private final ExecutorService workers;
    private final int ahead;
    private final PieceQueue pieces;
    private final StageSelect select;
    private final BufferAllocator allocator;
    private final DuckDb database;
    private final Deque<Future<StagedRows>> underWay = new ArrayDeque<>();
    private volatile boolean closed;

    /// Keeps `parallel` of the workers busy, and some statements' worth ready. `settings` tell where the
    /// database may spill to.
    StagingLine(
            StageSelect select,
            PieceQueue pieces,
            ExecutorService workers,
            int parallel,
            DuckDbSettings settings,
            BufferAllocator allocator) {
        this.select = select;
        this.pieces = pieces;
        this.workers = workers;
        this.ahead = STATEMENTS_AHEAD * parallel;
        this.allocator = allocator;
        this.database = DuckDb.inMemory(settings.withThreads(OptionalInt.of(1)));
    }

    /// What all rows look like. Waits for the first of those that are to come.
    ///
    /// @throws FleetException as [#next()]
    Schema schema() {
        startSome();
        return done(underWay.getFirst()).schema();
    }

    /// Whether there are rows to come.
    boolean hasMore() {
        return !underWay.isEmpty() || pieces.hasMore();
    }

    /// The next rows, to be closed by the caller. Waits for them.
    ///
    /// @throws FleetException `invalid_request` if DuckDB can't read the records
    StagedRows next() {
        startSome();
        StagedRows rows = done(underWay.removeFirst());
        startSome();
        return rows;
    }

    private void startSome() {
        while (underWay.size() < ahead && pieces.hasMore()) {
            StagePieces some = pieces.next();
            underWay.add(workers.submit(() -> stage(some)));
        }
    }

    private StagedRows stage(StagePieces some) {
        if (closed) {
            throw new CancellationException("nobody waits for the rows any more");
        }
        long bytes = some.bytes();
        try (Session session = database.open();
                Cursor rows = some.rows(session, select.sql())) {
            return StagedRows.of(
                    rows,
                    bytes,
                    select.columns().names(),
                    select.reservedName(ReservedFields.PARTITION_DATE),
                    allocator);
        }
    }

    private static StagedRows done(Future<StagedRows> rows) {
        try {
            return rows.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Waits for what is under way, and lets go of it.
    @Override
    public void close() {
        closed = true;
        underWay.forEach(StagingLine::letGo);
        database.close();
    }

    private static void letGo(Future<StagedRows> rows) {
        try {
            done(rows).close();
        } catch (RuntimeException e) {
            LOG.debugf("rows that nobody waits for: %s", e.getMessage());
        }
    }
}
