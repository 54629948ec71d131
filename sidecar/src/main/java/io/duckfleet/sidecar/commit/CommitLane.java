package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// A queue of batches, and the threads that commit them, each a group at a time.
final class CommitLane {

    private static final Logger LOG = Logger.getLogger(CommitLane.class);

    private final GroupQueue waiting;
    private final CommitAttempts attempts;
    private final List<Thread> threads;
    private volatile boolean closing;

    CommitLane(String name, int threadCount, CommitAttempts attempts, GroupQueue.Limits limits) {
        this.waiting = new GroupQueue(limits, GroupQueue.Patience.usual());
        this.attempts = attempts;
        this.threads = IntStream.range(0, threadCount)
                .mapToObj(i -> Thread.ofPlatform().name(name).start(this::run))
                .toList();
    }

    void submit(Pending pending) {
        waiting.add(pending);
        if (closing && waiting.remove(pending)) {
            pending.fail(new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment"));
        }
    }

    int size() {
        return waiting.size();
    }

    /// Takes no more batches; those that wait are still committed.
    void refuseMore() {
        closing = true;
    }

    /// Returns when all that waited is committed, or at `end`.
    void awaitEnd(Instant end) throws InterruptedException {
        for (Thread thread : threads) {
            Duration left = Duration.between(Instant.now(), end);
            if (!thread.join(left.isPositive() ? left : Duration.ofMillis(1))) {
                LOG.warnf("%d batches were not committed within the stop's deadline", waiting.size());
            }
        }
    }

    private void run() {
        int before = 0;
        while (!closing || waiting.size() > 0) {
            List<Pending> group = waiting.next(before);
            try {
                waiting.putBack(attempts.commit(group));
            } catch (RuntimeException | Error e) {
                survive(group, e);
            }
            before = group.isEmpty() ? 0 : group.size() + waiting.size();
        }
    }

    /// Without its threads nothing is ever committed, so they outlive whatever happens.
    private static void survive(List<Pending> group, Throwable error) {
        LOG.error("the committer met an error that nobody had foreseen; it goes on", error);
        FleetException told =
                new FleetException(ErrorCode.INTERNAL, "the commit failed; the service's log says why", error);
        group.stream().filter(pending -> !pending.outcome().isDone()).forEach(pending -> pending.fail(told));
    }
}
