package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// A queue of batches, and the threads that commit them: each takes what waits, up to a bound, as one group.
final class CommitLane {

    private static final Logger LOG = Logger.getLogger(CommitLane.class);
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final BlockingDeque<Pending> waiting = new LinkedBlockingDeque<>();
    private final CommitAttempts attempts;
    private final int maxBatches;
    private final long maxBytes;
    private final List<Thread> threads;
    private volatile boolean closing;

    CommitLane(String name, int threadCount, CommitAttempts attempts, int maxBatches, long maxBytes) {
        this.attempts = attempts;
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
        this.threads = IntStream.range(0, threadCount)
                .mapToObj(i -> Thread.ofPlatform().name(name).start(this::run))
                .toList();
    }

    void submit(Pending pending) {
        waiting.addLast(pending);
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
        while (!closing || !waiting.isEmpty()) {
            List<Pending> group = nextGroup();
            try {
                attempts.commit(group).reversed().forEach(waiting::addFirst);
            } catch (RuntimeException | Error e) {
                survive(group, e);
            }
        }
    }

    /// Without its threads nothing is ever committed, so they outlive whatever happens.
    private static void survive(List<Pending> group, Throwable error) {
        LOG.error("the committer met an error that nobody had foreseen; it goes on", error);
        FleetException told =
                new FleetException(ErrorCode.INTERNAL, "the commit failed; the service's log says why", error);
        group.stream().filter(pending -> !pending.outcome().isDone()).forEach(pending -> pending.fail(told));
    }

    private List<Pending> nextGroup() {
        List<Pending> group = new ArrayList<>();
        try {
            Optional<Pending> next = Optional.ofNullable(waiting.pollFirst(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS));
            long bytes = 0;
            while (next.isPresent()) {
                group.add(next.get());
                bytes += next.get().batch().records().bytes();
                boolean full = group.size() >= maxBatches || bytes >= maxBytes;
                next = full ? Optional.empty() : Optional.ofNullable(waiting.pollFirst());
            }
        } catch (InterruptedException e) {
            LOG.warn("the committer was interrupted; it goes on");
        }
        return group;
    }
}
