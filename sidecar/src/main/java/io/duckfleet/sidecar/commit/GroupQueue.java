package io.duckfleet.sidecar.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Batches that wait for their commit, and are taken in groups. Where many clients are at work, those who
/// were just answered come again at once: the next group waits for them a moment, as a commit costs little
/// more for many batches than for one. A client alone waits for nobody.
final class GroupQueue {

    private static final Logger LOG = Logger.getLogger(GroupQueue.class);
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    /// So many batches are those of many clients.
    private static final int MANY = 8;

    private final BlockingDeque<Pending> waiting = new LinkedBlockingDeque<>();
    private final Limits limits;
    private final Patience patience;

    GroupQueue(Limits limits, Patience patience) {
        this.limits = limits;
        this.patience = patience;
    }

    /// What a group has at most, but for its last batch.
    record Limits(int batches, long bytes) {}

    /// How long a group of many waits for the next batch, and for all of them.
    record Patience(Duration forNext, Duration forAll) {

        /// Little beside a commit.
        static Patience usual() {
            return new Patience(Duration.ofMillis(4), Duration.ofMillis(20));
        }
    }

    void add(Pending pending) {
        waiting.addLast(pending);
    }

    /// Puts batches back, which are the next to be taken.
    void putBack(List<Pending> pending) {
        pending.reversed().forEach(waiting::addFirst);
    }

    boolean remove(Pending pending) {
        return waiting.remove(pending);
    }

    int size() {
        return waiting.size();
    }

    /// Takes the next group; none if nothing has come for a while. `before` are the batches that were under
    /// way, committed or waiting, when the group before this one had ended.
    List<Pending> next(int before) {
        List<Pending> group = new ArrayList<>();
        Optional<Pending> next = poll(LOOK_UP);
        long end = System.nanoTime() + patience.forAll().toNanos();
        long bytes = 0;
        while (next.isPresent()) {
            group.add(next.get());
            bytes += next.get().batch().records().bytes();
            boolean full = group.size() >= limits.batches() || bytes >= limits.bytes();
            boolean waits = before >= MANY && group.size() < before && System.nanoTime() < end;
            next = full ? Optional.empty() : poll(waits ? patience.forNext() : Duration.ZERO);
        }
        return group;
    }

    private Optional<Pending> poll(Duration atMost) {
        try {
            return Optional.ofNullable(waiting.pollFirst(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.warn("the committer was interrupted; it goes on");
            return Optional.empty();
        }
    }
}
