package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Commits batches. One thread takes all small ones that wait, for all tables, into one lake transaction,
/// since the lake makes its commits one after the other whatever their size. Large ones have threads and
/// transactions of their own, which write their files meanwhile and take turns with the others only to
/// commit: so they don't delay the small ones. How much may wait is bounded by those who submit.
public final class Committer implements AutoCloseable {

    private static final int MAX_GROUP_BATCHES = 1_000;
    private static final long MAX_GROUP_BYTES = 16L * 1024 * 1024;
    private static final int LARGE_AT_ONCE = 2;
    private static final int MAX_WORKERS = 4;

    private final CommitSizes sizes;
    private final ExecutorService workers;
    private final CommitLane small;
    private final CommitLane large;

    public Committer(
            Lake lake, KeyLedger ledger, CommittedFiles files, Reachability reachability, CommitMeters meters) {
        this(lake, ledger, files, reachability, meters, CommitSizes.usual());
    }

    public Committer(
            Lake lake,
            KeyLedger ledger,
            CommittedFiles files,
            Reachability reachability,
            CommitMeters meters,
            CommitSizes sizes) {
        this.sizes = sizes;
        int parallel = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
        this.workers = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("staging-", 0).daemon().factory());
        GroupCommit commits = new GroupCommit(lake, ledger, files, workers, parallel, sizes);
        CommitAttempts attempts = new CommitAttempts(commits, ledger, files, reachability, meters);
        this.small =
                new CommitLane("committer", 1, attempts, new GroupQueue.Limits(MAX_GROUP_BATCHES, MAX_GROUP_BYTES));
        this.large = new CommitLane(
                "large-committer", LARGE_AT_ONCE, attempts, new GroupQueue.Limits(1, sizes.largeBytes()));
        meters.watchQueue(this::waiting);
    }

    /// Queues a batch. The future tells what came of it, or fails with a
    /// [io.duckfleet.common.errors.FleetException].
    public CompletableFuture<CommitOutcome> submit(Batch batch) {
        Pending pending = Pending.of(batch);
        (batch.records().bytes() >= sizes.largeBytes() ? large : small).submit(pending);
        return pending.outcome();
    }

    /// How many batches wait to be committed.
    public int waiting() {
        return small.size() + large.size();
    }

    /// Takes no more batches, commits those that wait, and returns when that is done, or `deadline` has
    /// passed.
    public void close(Duration deadline) {
        small.refuseMore();
        large.refuseMore();
        Instant end = Instant.now().plus(deadline);
        try {
            small.awaitEnd(end);
            large.awaitEnd(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdown();
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(30));
    }
}
