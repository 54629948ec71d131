package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/// The durable buffer of single records. What is acknowledged stays until a flush has put it into the lake.
/// Thread-safe.
public final class Buffer implements AutoCloseable {

    private static final long MAX_WAITING_BYTES = 64L << 20;

    private final BufferSettings settings;
    private final BufferStore store;
    private final BufferWriter writer;
    private final Backlog backlog;
    private final BufferedKeys keys = new BufferedKeys();
    private final UUID id;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean closed;

    /// Opens the buffer, with what it has from before.
    ///
    /// @throws FleetException when another process holds it, or its folder can't be used
    public Buffer(BufferSettings settings, Clock clock, BufferMeters meters) {
        this.settings = settings;
        this.store = new BufferStore(settings.directory());
        this.backlog = new Backlog(clock);
        this.id = store.write(BufferFile::id);
        store.read(this::recall);
        DiskRoom room = new DiskRoom(settings.directory(), settings.reserveBytes());
        this.writer = new BufferWriter(
                store, room, meters, row -> backlog.add(row.table(), 1, row.bytes(), row.receivedAt()));
        meters.watch(backlog);
    }

    private boolean recall(Session session) {
        BufferQueries.tables(session)
                .forEach((table, found) -> backlog.add(table, found.rows(), found.bytes(), found.oldest()));
        BufferQueries.forEachKey(
                session, (table, key) -> keys.hold(table, key, CompletableFuture.completedFuture(null)));
        return true;
    }

    /// Lets a record of about `bytes` in, before its body is read.
    ///
    /// @throws FleetException `overloaded` if the buffer is full, or too much waits to be written;
    /// `not_ready` after [#refuseMore()]
    void admit(long bytes) {
        if (closed) {
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment");
        }
        if (backlog.bytes() + waitingBytes.get() + bytes > settings.maxBytes()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED,
                    "the buffer holds %d records of %d bytes that are not in the lake yet, which is all that is allowed; try again later"
                            .formatted(backlog.rows(), backlog.bytes()));
        }
        if (waitingBytes.get() > MAX_WAITING_BYTES) {
            throw new FleetException(
                    ErrorCode.OVERLOADED, "too many records wait to be written; try again in a moment");
        }
    }

    /// Buffers a record. The future is done when it would survive a crash, or fails with a [FleetException].
    CompletableFuture<Void> append(StreamRecord row) {
        waitingBytes.addAndGet(row.bytes());
        return writer.append(row).whenComplete((done, failure) -> waitingBytes.addAndGet(-row.bytes()));
    }

    BufferedKeys keys() {
        return keys;
    }

    public Backlog backlog() {
        return backlog;
    }

    BufferSettings settings() {
        return settings;
    }

    /// The buffer's identity, which its file has been given when it was made.
    UUID id() {
        return id;
    }

    /// The number of the last record that was acknowledged.
    long lastDurable() {
        return writer.lastDurable();
    }

    /// The flushes that were begun and not finished.
    List<FlushPlan> plans() {
        return store.read(BufferTables::plans);
    }

    /// A plan's table has all of its records here; these are they.
    BufferedRows rows(FlushPlan plan) {
        return store.read(session -> BufferedRows.read(session, plan));
    }

    /// How far a flush of `table` may go at once; see [BufferQueries#slice].
    Optional<BufferQueries.Slice> slice(TableName table, long upTo, SliceLimits limits) {
        return store.read(session -> BufferQueries.slice(session, table, upTo, limits));
    }

    /// The texts of some records as they came.
    Map<Long, String> texts(List<Long> sequences) {
        return store.read(session -> BufferQueries.texts(session, sequences));
    }

    /// Writes flushes down before they begin, in place of `instead`.
    void plan(List<FlushPlan> plans, List<FlushPlan> instead) {
        await(writer.run(file -> file.plan(plans, instead)));
    }

    /// Removes what is in the lake, plans and records.
    void remove(List<FlushPlan> plans) {
        await(writer.run(file -> file.remove(plans)));
        await(writer.checkpoint());
    }

    private static void await(CompletableFuture<Void> done) {
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /// Lets no more records in.
    public void refuseMore() {
        closed = true;
    }

    @Override
    public void close() {
        refuseMore();
        writer.close();
    }
}
