package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.TestEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A buffer with its flusher; closing it stops the process in effect, as nothing is kept in memory alone.
final class BufferRig implements AutoCloseable {

    static final TableName TABLE = new TableName("events");

    private final BufferMeters meters = new BufferMeters(new SimpleMeterRegistry());
    final Buffer buffer;
    final StreamService stream;
    final Flusher flusher;
    private final FlushCommit commit;

    BufferRig(Path folder, TestEngine engine) {
        this(settings(folder, 1L << 30, 0), engine);
    }

    BufferRig(BufferSettings settings, TestEngine engine) {
        buffer = new Buffer(settings, Clock.systemUTC(), meters);
        stream = new StreamService(buffer, engine.ledger(), meters, Clock.systemUTC());
        commit = engine.flushCommit();
        flusher = new Flusher(buffer, commit, meters, Clock.systemUTC(), Duration.ofHours(1));
    }

    void take(int from, int to) {
        List<CompletableFuture<?>> acks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            acks.add(stream.take(TABLE, Optional.empty(), body(i)));
        }
        acks.forEach(CompletableFuture::join);
    }

    Map<TableName, FlushReceipt> flush() {
        return flusher.flush(Optional.of(TABLE), Optional.empty());
    }

    FlushReceipt flushed() {
        return Objects.requireNonNull(flush().get(TABLE));
    }

    long buffered() {
        return buffer.backlog().of(TABLE).map(TableBacklog::rows).orElse(0L);
    }

    /// A plan for everything, written down as a flush does first.
    FlushPlan plan() {
        BufferQueries.Slice all = buffer.slice(TABLE, Long.MAX_VALUE, new SliceLimits(1_000, 1 << 20, 1_000))
                .orElseThrow();
        FlushPlan plan = new FlushPlan(UUID.randomUUID(), TABLE, all.from(), all.to(), Optional.empty());
        buffer.plan(List.of(plan), List.of());
        return plan;
    }

    /// The lake's part of a flush, without what comes after it.
    void commit(FlushPlan plan) {
        FlushBatch batch = new FlushBatch(
                plan, buffer.rows(plan), buffer.id(), Clock.systemUTC().instant(), Duration.ofHours(1), buffer::texts);
        commit.finish(commit.begin(batch));
    }

    @Override
    public void close() {
        buffer.close();
    }

    static BufferSettings settings(Path folder, long maxBytes, long reserve) {
        return new BufferSettings(folder, maxBytes, reserve, 1_000, 1 << 20, Duration.ofHours(1));
    }

    static byte[] body(int id) {
        return "{\"data\":{\"id\":%d,\"filler\":\"%s\"}}"
                .formatted(id, "x".repeat(200))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String inLake(TestEngine engine) {
        return engine.lake().withSession(BufferRig::counts);
    }

    private static String counts(Session session) {
        return session.queryText("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.events");
    }
}
