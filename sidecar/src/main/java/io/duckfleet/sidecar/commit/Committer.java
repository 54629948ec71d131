package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// The one thread that commits. It takes all that waits, for all tables, into one lake transaction, since
/// the lake makes its commits one after the other whatever their size. When a group fails, its batches are
/// tried one by one, so none fails for another's sake. How much may wait is bounded by those who submit.
public final class Committer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Committer.class);
    private static final int MAX_GROUP_BATCHES = 1_000;
    private static final long MAX_GROUP_BYTES = 64L * 1024 * 1024;
    private static final int MAX_ATTEMPTS = 10;
    private static final int LOGGED_LENGTH = 500;
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final BlockingDeque<Pending> waiting = new LinkedBlockingDeque<>();
    private final GroupCommit commits;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final Reachability reachability;
    private final CommitMeters meters;
    private final Thread thread;
    private volatile boolean closing;

    public Committer(
            Lake lake, KeyLedger ledger, CommittedFiles files, Reachability reachability, CommitMeters meters) {
        this.commits = new GroupCommit(lake, files);
        this.ledger = ledger;
        this.files = files;
        this.reachability = reachability;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("committer").start(this::run);
        meters.watchQueue(waiting::size);
    }

    private record Pending(Batch batch, int attempt, CompletableFuture<CommitOutcome> outcome) {
        Pending again() {
            return new Pending(batch, attempt + 1, outcome);
        }
    }

    /// Queues a batch. The future tells what came of it, or fails with a [FleetException].
    public CompletableFuture<CommitOutcome> submit(Batch batch) {
        Pending pending = new Pending(batch, 1, new CompletableFuture<>());
        waiting.addLast(pending);
        if (closing && waiting.remove(pending)) {
            fail(pending, new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment"));
        }
        return pending.outcome();
    }

    /// How many batches wait to be committed.
    public int waiting() {
        return waiting.size();
    }

    /// Takes no more batches, commits those that wait, and returns when that is done, or `deadline` has
    /// passed.
    public void close(Duration deadline) {
        closing = true;
        try {
            if (!thread.join(deadline)) {
                LOG.warnf("%d batches were not committed within %s of the stop", waiting.size(), deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(30));
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            List<Pending> group = nextGroup();
            try {
                commit(group);
            } catch (RuntimeException | Error e) {
                survive(group, e);
            }
        }
    }

    /// Without this thread nothing is ever committed, so it outlives whatever happens.
    private void survive(List<Pending> group, Throwable error) {
        LOG.error("the committer met an error that nobody had foreseen; it goes on", error);
        FleetException told =
                new FleetException(ErrorCode.INTERNAL, "the commit failed; the service's log says why", error);
        group.stream().filter(pending -> !pending.outcome().isDone()).forEach(pending -> fail(pending, told));
    }

    private List<Pending> nextGroup() {
        List<Pending> group = new ArrayList<>();
        try {
            Optional<Pending> next = Optional.ofNullable(waiting.pollFirst(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS));
            long bytes = 0;
            while (next.isPresent()) {
                group.add(next.get());
                bytes += next.get().batch().records().bytes();
                boolean full = group.size() >= MAX_GROUP_BATCHES || bytes >= MAX_GROUP_BYTES;
                next = full ? Optional.empty() : Optional.ofNullable(waiting.pollFirst());
            }
        } catch (InterruptedException e) {
            LOG.warn("the committer was interrupted; it goes on");
        }
        return group;
    }

    private void commit(List<Pending> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            GroupCommit.Result result = meters.timed(
                    group.size(),
                    () -> commits.commit(group.stream().map(Pending::batch).toList()));
            group.reversed().forEach(pending -> settle(pending, result));
        } catch (FleetException e) {
            recover(group, e);
        } catch (RuntimeException e) {
            LOG.error("a commit failed in an unforeseen way", e);
            recover(group, new FleetException(ErrorCode.INTERNAL, "the commit failed; the service's log says why", e));
        }
    }

    /// Called from the last batch to the first, so that the deferred ones stand in their old order at the
    /// head of the queue.
    private void settle(Pending pending, GroupCommit.Result result) {
        Batch batch = pending.batch();
        if (result.committed().containsKey(batch)) {
            committed(pending, result.committed().get(batch));
        } else if (result.conflicting().containsKey(batch)) {
            pending.outcome()
                    .complete(new CommitOutcome.Conflicting(result.conflicting().get(batch)));
        } else {
            waiting.addFirst(pending);
        }
    }

    private void committed(Pending pending, Receipt receipt) {
        meters.committed(pending.batch(), receipt);
        pending.outcome().complete(new CommitOutcome.Committed(receipt));
    }

    /// What failed may be in the lake after all, when the error came from the COMMIT: the ledger knows. The
    /// rest is tried again, each batch alone.
    private void recover(List<Pending> group, FleetException error) {
        if (error.detail().contains(KeyLedger.REPEATED)) {
            LOG.infof("a commit of %d batches met a key that another sidecar had committed", group.size());
        } else {
            String detail = error.detail().substring(0, Math.min(error.detail().length(), LOGGED_LENGTH));
            LOG.warnf("a commit of %d batches failed: %s", group.size(), detail);
        }
        List<Pending> left = error.extensions().containsKey(GroupCommit.UNCLEAR) ? notInLake(group) : group;
        if (left.isEmpty()) {
            return;
        }
        if (error.code() == ErrorCode.NOT_READY) {
            left.forEach(pending -> fail(pending, error));
            return;
        }
        Optional<FleetException> problem = reachability.problemNow();
        if (problem.isPresent()) {
            left.forEach(pending -> fail(pending, problem.get()));
        } else if (group.size() == 1) {
            left.forEach(pending -> failOrRepeat(pending, error));
        } else {
            left.forEach(pending -> commit(List.of(pending)));
        }
    }

    /// Settles those of the group that the ledger knows, and gives the others; none when the ledger can't
    /// be asked.
    private List<Pending> notInLake(List<Pending> group) {
        try {
            return group.stream().filter(pending -> !isSettledByLedger(pending)).toList();
        } catch (FleetException away) {
            group.forEach(pending -> fail(pending, unclear(away)));
            return List.of();
        }
    }

    private boolean isSettledByLedger(Pending pending) {
        Optional<Receipt> receipt;
        try {
            receipt = ledger.receiptOf(pending.batch(), files);
        } catch (FleetException e) {
            if (e.code() != ErrorCode.INVALID_REQUEST) {
                throw e;
            }
            fail(pending, e);
            return true;
        }
        receipt.ifPresent(found -> committed(pending, found));
        return receipt.isPresent();
    }

    private void failOrRepeat(Pending pending, FleetException error) {
        boolean hopeless = error.code() == ErrorCode.INVALID_REQUEST || error.code() == ErrorCode.MEMORY_LIMIT;
        if (hopeless || pending.attempt() >= MAX_ATTEMPTS) {
            fail(pending, CommitFailures.tell(error));
        } else {
            commit(List.of(pending.again()));
        }
    }

    private void fail(Pending pending, FleetException error) {
        meters.failed();
        pending.outcome().completeExceptionally(error);
    }

    private static FleetException unclear(FleetException away) {
        return new FleetException(
                away.code(),
                away.detail()
                        + "; whether these records were committed is not known, send them again with their Idempotency-Key",
                away);
    }
}
