package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Holding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Brings what has come before from a cache, once the node has said that its table is still the same: a node
/// that is away or has loaded again is noticed as without a cache.
final class CachedTransfer implements NodeTransfer {

    private final NodeTransfer transfer;
    private final FragmentCache cache;

    CachedTransfer(NodeTransfer transfer, FragmentCache cache) {
        this.transfer = transfer;
        this.cache = cache;
    }

    @Override
    public FetchedFragment fetch(FragmentPart part, Holding holder, Path target, Deadline deadline) {
        Optional<FragmentKey> key = FragmentKey.of(part, holder);
        if (key.isEmpty()) {
            return transfer.fetch(part, holder, target, deadline);
        }
        long start = System.nanoTime();
        Optional<FragmentCache.Kept> kept =
                part.caching() == Caching.ALLOWED ? cache.find(key.get()) : Optional.empty();
        if (kept.isPresent() && holdsStill(kept.get(), holder, deadline)) {
            return new FetchedFragment(
                    part,
                    kept.get().node(),
                    kept.get().file(),
                    kept.get().rows(),
                    kept.get().bytes(),
                    Duration.ofNanos(System.nanoTime() - start),
                    true);
        }
        return cache.keep(key.get(), transfer.fetch(part, holder, target, deadline));
    }

    @Override
    public boolean isCurrent(Holding holder, Deadline deadline) {
        return transfer.isCurrent(holder, deadline);
    }

    private boolean holdsStill(FragmentCache.Kept kept, Holding holder, Deadline deadline) {
        boolean holds = false;
        try {
            holds = transfer.isCurrent(holder, deadline);
            return holds;
        } finally {
            if (!holds) {
                kept.file().release();
            }
        }
    }
}
