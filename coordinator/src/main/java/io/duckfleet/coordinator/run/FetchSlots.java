package io.duckfleet.coordinator.run;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds how many fragments are under way at once: at each node, and in all. Who waits for a busy node keeps
/// nobody from the others. Thread-safe.
public final class FetchSlots {

    private final int perNode;
    private final Semaphore inAll;
    private final Map<URI, Semaphore> nodes = new ConcurrentHashMap<>();

    public FetchSlots(int inAll, int perNode) {
        this.perNode = perNode;
        this.inAll = new Semaphore(inAll, true);
    }

    /// A slot at the node, to be closed when the fragment is there.
    ///
    /// @throws io.duckfleet.common.errors.FleetException `deadline` when none is free in time
    Slot take(URI node, Deadline deadline) throws InterruptedException {
        Semaphore atNode = nodes.computeIfAbsent(node, address -> new Semaphore(perNode, true));
        acquire(atNode, deadline);
        try {
            acquire(inAll, deadline);
        } catch (RuntimeException | InterruptedException e) {
            atNode.release();
            throw e;
        }
        return () -> {
            inAll.release();
            atNode.release();
        };
    }

    private static void acquire(Semaphore semaphore, Deadline deadline) throws InterruptedException {
        if (!semaphore.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw deadline.exceeded();
        }
    }

    /// The right to fetch one fragment.
    @FunctionalInterface
    interface Slot extends AutoCloseable {

        @Override
        void close();
    }
}
