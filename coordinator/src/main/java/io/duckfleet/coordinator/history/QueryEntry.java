package io.duckfleet.coordinator.history;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// One query in the history, from its coming to its end. Thread-safe.
public final class QueryEntry {

    private final String id = UUID.randomUUID().toString();
    private final String sql;
    private final Optional<String> engine;
    private final Instant startedAt;
    private final long startNanos = System.nanoTime();
    private final StopSignal signal;

    private QueryState state = QueryState.QUEUED;
    private Optional<Duration> duration = Optional.empty();
    private OptionalLong rowCount = OptionalLong.empty();
    private Optional<String> error = Optional.empty();

    QueryEntry(String sql, Optional<String> engine, Instant startedAt, StopSignal signal) {
        this.sql = sql;
        this.engine = engine;
        this.startedAt = startedAt;
        this.signal = signal;
    }

    public String id() {
        return id;
    }

    /// The query has got its turn.
    public synchronized void running() {
        state = QueryState.RUNNING;
    }

    /// The query has given all its rows.
    public synchronized void finished(long rows) {
        if (hasEnded()) {
            return;
        }
        rowCount = OptionalLong.of(rows);
        end(QueryState.FINISHED);
    }

    /// The query has failed, or was cancelled.
    public synchronized void failed(FleetException failure) {
        if (hasEnded()) {
            return;
        }
        error = Optional.of(failure.detail());
        end(failure.code() == ErrorCode.CANCELLED ? QueryState.CANCELLED : QueryState.FAILED);
    }

    /// The query's reader has gone away before the end.
    public synchronized void abandoned() {
        if (hasEnded()) {
            return;
        }
        error = Optional.of("the client went away");
        end(QueryState.CANCELLED);
    }

    /// Stops the query on the coordinator and on the nodes; nothing happens if it has ended.
    void cancel() {
        signal.stop(StopSignal.Reason.CANCELLED);
    }

    synchronized QueryListing listing() {
        Duration soFar = duration.orElseGet(() -> Duration.ofNanos(System.nanoTime() - startNanos));
        return new QueryListing(
                id,
                sql,
                engine,
                state.wireName(),
                startedAt,
                soFar.toNanos() / 1e6,
                rowCount.isPresent() ? Optional.of(rowCount.getAsLong()) : Optional.empty(),
                error);
    }

    private boolean hasEnded() {
        return duration.isPresent();
    }

    private void end(QueryState how) {
        state = how;
        duration = Optional.of(Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
