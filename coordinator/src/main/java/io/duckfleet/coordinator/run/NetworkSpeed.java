package io.duckfleet.coordinator.run;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// From which nodes bytes come slowly, learnt from the last fragment that came: those had better compress
/// them. A node that is asked for the first time is taken to be near. Thread-safe.
final class NetworkSpeed {

    /// Below it, compressing takes less time than the bytes that it saves (docs/decisions/013).
    static final double SLOW_BYTES_PER_SECOND = 50e6;

    /// Fewer bytes tell of the way's length rather than of its width.
    private static final long TELLING_BYTES = 1 << 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Set<URI> slow = ConcurrentHashMap.newKeySet();

    /// A body of so many bytes has come from `node` in that time.
    void received(URI node, long bytes, Duration time) {
        if (bytes < TELLING_BYTES) {
            return;
        }
        double rate = bytes * NANOS_PER_SECOND / Math.max(1, time.toNanos());
        if (rate < SLOW_BYTES_PER_SECOND) {
            slow.add(node);
        } else {
            slow.remove(node);
        }
    }

    boolean isSlow(URI node) {
        return slow.contains(node);
    }
}
