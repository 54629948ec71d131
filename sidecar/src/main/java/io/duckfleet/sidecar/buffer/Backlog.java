package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.sql.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the buffer holds, table by table, true at any moment: a record counts from before its ack until it
/// is in the lake. Thread-safe.
public final class Backlog {

    private final ConcurrentMap<TableName, TableBacklog> tables = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final Clock clock;

    Backlog(Clock clock) {
        this.clock = clock;
    }

    void add(TableName table, long moreRows, long moreBytes, Instant receivedAt) {
        rows.addAndGet(moreRows);
        bytes.addAndGet(moreBytes);
        tables.merge(
                table,
                new TableBacklog(moreRows, moreBytes, receivedAt),
                (before, more) -> before.plus(more.rows(), more.bytes(), more.oldest()));
    }

    /// Takes out what a flush has put into the lake; what is left came after `flushBegan`, as far as is
    /// known.
    void remove(TableName table, long lessRows, long lessBytes, Instant flushBegan) {
        rows.addAndGet(-lessRows);
        bytes.addAndGet(-lessBytes);
        tables.computeIfPresent(table, (name, before) -> {
            TableBacklog left = before.minus(lessRows, lessBytes, flushBegan);
            return left.rows() == 0 ? null : left;
        });
    }

    /// The tables that have records here, sorted by name.
    public List<TableName> tables() {
        return tables.keySet().stream()
                .sorted((one, other) -> one.text().compareToIgnoreCase(other.text()))
                .toList();
    }

    /// What `table` has here, if anything.
    public Optional<TableBacklog> of(TableName table) {
        return Optional.ofNullable(tables.get(table));
    }

    /// A snapshot of all tables.
    Map<TableName, TableBacklog> all() {
        return Map.copyOf(tables);
    }

    /// Records of all tables.
    public long rows() {
        return rows.get();
    }

    /// Bytes of all tables' records.
    public long bytes() {
        return bytes.get();
    }

    /// How long the oldest record has been here; zero when there is none.
    public Duration age() {
        return tables.values().stream()
                .map(TableBacklog::oldest)
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
