package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.Batch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Takes records out of the buffer and puts them into the lake, one flush at a time. A flush is written
/// down before it is committed, and the records leave the buffer after it; so one that was cut short, at
/// whatever point, is repeated under its key and counts once.
public final class Flusher {

    private static final Logger LOG = Logger.getLogger(Flusher.class);
    private static final long MAX_KEYS = 10_000;

    private static final Set<ErrorCode> OUTSIDE = Set.of(
            ErrorCode.CATALOG_UNREACHABLE,
            ErrorCode.STORAGE_UNREACHABLE,
            ErrorCode.NOT_READY,
            ErrorCode.DEADLINE,
            ErrorCode.OVERLOADED,
            ErrorCode.BUFFER_DISK_FULL);

    private final Buffer buffer;
    private final FlushCommit commit;
    private final BufferMeters meters;
    private final Clock clock;
    private final Duration keysRemembered;
    private final SliceLimits limits;
    private final Set<UUID> settled = new HashSet<>();

    public Flusher(Buffer buffer, FlushCommit commit, BufferMeters meters, Clock clock, Duration keysRemembered) {
        this.buffer = buffer;
        this.commit = commit;
        this.meters = meters;
        this.clock = clock;
        this.keysRemembered = keysRemembered;
        this.limits =
                new SliceLimits(buffer.settings().flushRows(), buffer.settings().flushBytes(), MAX_KEYS);
    }

    /// Flushes what was acknowledged before the call, of `only` or of all tables. `day` is the partition of
    /// the records that have been given none when they came.
    ///
    /// @throws FleetException whatever keeps the lake from being written; what isn't in the lake stays in
    /// the buffer
    public synchronized Map<TableName, FlushReceipt> flush(Optional<TableName> only, Optional<LocalDate> day) {
        long upTo = buffer.lastDurable();
        Map<TableName, FlushReceipt> receipts = new HashMap<>();
        try {
            run(unfinished(only), receipts);
            List<FlushPlan> plans = next(only, day, upTo);
            while (!plans.isEmpty()) {
                run(plans, receipts);
                plans = next(only, day, upTo);
            }
        } catch (FleetException e) {
            meters.flushFailed(e.code().wireName());
            throw e;
        }
        return Map.copyOf(receipts);
    }

    /// What was begun before. What is in the lake already, and only couldn't be removed here, is removed now.
    private List<FlushPlan> unfinished(Optional<TableName> only) {
        List<FlushPlan> plans = buffer.plans().stream()
                .filter(plan -> only.isEmpty() || only.get().equals(plan.table()))
                .toList();
        plans.stream().filter(plan -> settled.contains(plan.id())).forEach(this::remove);
        List<FlushPlan> left =
                plans.stream().filter(plan -> !settled.contains(plan.id())).toList();
        plans.forEach(plan -> settled.remove(plan.id()));
        return left;
    }

    private void remove(FlushPlan plan) {
        buffer.remove(List.of(plan));
    }

    /// New plans, of as many tables as may go at once.
    private List<FlushPlan> next(Optional<TableName> only, Optional<LocalDate> day, long upTo) {
        List<TableName> tables = buffer.backlog().tables().stream()
                .filter(table -> only.isEmpty() || only.get().equals(table))
                .toList();
        List<FlushPlan> plans = new ArrayList<>();
        long bytes = 0;
        for (TableName table : tables) {
            Optional<BufferQueries.Slice> slice =
                    bytes >= limits.bytes() ? Optional.empty() : buffer.slice(table, upTo, limits);
            if (slice.isPresent()) {
                plans.add(new FlushPlan(
                        UUID.randomUUID(),
                        table,
                        slice.get().from(),
                        slice.get().to(),
                        day));
                bytes += slice.get().bytes();
            }
        }
        if (!plans.isEmpty()) {
            buffer.plan(plans, List.of());
        }
        return plans;
    }

    /// Commits plans together: the committer takes them as one transaction where it can.
    private void run(List<FlushPlan> plans, Map<TableName, FlushReceipt> receipts) {
        Instant began = clock.instant();
        List<FlushCommit.UnderWay> begun = new ArrayList<>();
        for (FlushPlan plan : plans) {
            begun.add(commit.begin(batch(plan)));
        }
        for (FlushCommit.UnderWay underWay : begun) {
            finish(underWay, began, receipts);
        }
    }

    private FlushBatch batch(FlushPlan plan) {
        return new FlushBatch(plan, buffer.rows(plan), buffer.id(), clock.instant(), keysRemembered, buffer::texts);
    }

    private void finish(FlushCommit.UnderWay underWay, Instant began, Map<TableName, FlushReceipt> receipts) {
        FlushBatch flush = underWay.flush();
        FlushReceipt receipt;
        try {
            receipt = commit.finish(underWay);
        } catch (FleetException e) {
            if (OUTSIDE.contains(e.code())) {
                throw e;
            }
            LOG.warnf("%s", e.detail());
            if (flush.rows().count() > 1) {
                halve(flush, receipts);
                return;
            }
            LOG.warnf(
                    "record %d of table %s can't be committed and goes to the rejected ones: %s",
                    flush.plan().from(), flush.plan().table(), e.detail());
            receipt = commit.reject(flush, e.detail());
        }
        settle(flush, receipt, underWay.batch(), began, receipts);
    }

    /// A batch that can't be committed has something in it that nobody had foreseen; halving it finds what,
    /// and lets the rest go on.
    private void halve(FlushBatch flush, Map<TableName, FlushReceipt> receipts) {
        FlushPlan plan = flush.plan();
        long middle = flush.rows().sequences().get(flush.rows().count() / 2 - 1);
        List<FlushPlan> halves = List.of(
                new FlushPlan(UUID.randomUUID(), plan.table(), plan.from(), middle, plan.day()),
                new FlushPlan(UUID.randomUUID(), plan.table(), middle + 1, plan.to(), plan.day()));
        buffer.plan(halves, List.of(plan));
        halves.forEach(half -> run(List.of(half), receipts));
    }

    /// The records are in the lake: they count as buffered no longer, then leave the file, then the keys'
    /// work is done. What fails here must not lead to another commit of them: the plan is finished by the
    /// next flush.
    private void settle(
            FlushBatch flush, FlushReceipt receipt, Batch batch, Instant began, Map<TableName, FlushReceipt> receipts) {
        FlushPlan plan = flush.plan();
        settled.add(plan.id());
        buffer.backlog().remove(plan.table(), flush.rows().count(), flush.rows().bytes(), began);
        receipts.merge(plan.table(), receipt, FlushReceipt::plus);
        meters.flushed(receipt.receipt().rows(), receipt.rejected().size());
        LOG.infof(
                "flushed %d records of table %s in snapshot %d, %d rejected",
                receipt.receipt().rows(),
                plan.table(),
                receipt.receipt().snapshotId(),
                receipt.rejected().size());
        buffer.keys()
                .release(
                        plan.table(),
                        flush.rows().keys().values().stream()
                                .map(key -> key.text())
                                .toList());
        remove(plan);
        settled.remove(plan.id());
        forget(batch);
    }

    private void forget(Batch batch) {
        try {
            commit.forget(List.of(batch));
        } catch (FleetException e) {
            LOG.debugf("a flush's key stays in the ledger: %s", e.detail());
        }
    }
}
