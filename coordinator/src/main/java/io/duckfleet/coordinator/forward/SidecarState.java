package io.duckfleet.coordinator.forward;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/// Since when the sidecar hasn't answered, as far as requests have shown. Thread-safe.
final class SidecarState {

    private static final Logger LOG = Logger.getLogger(SidecarState.class);

    private final SidecarAddress address;
    private final Clock clock;
    private final AtomicReference<Optional<Instant>> awaySince = new AtomicReference<>(Optional.empty());

    SidecarState(SidecarAddress address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /// It has answered.
    void answered() {
        if (awaySince.getAndSet(Optional.empty()).isPresent()) {
            LOG.infof("the sidecar at %s answers again", address);
        }
    }

    /// It hasn't, for `why`; gives since when.
    Instant away(Throwable why) {
        Optional<Instant> before =
                awaySince.getAndUpdate(since -> since.isPresent() ? since : Optional.of(clock.instant()));
        if (before.isEmpty()) {
            LOG.warnf("the sidecar at %s can't be reached: %s", address, why.getMessage());
        }
        return before.or(awaySince::get).orElseGet(clock::instant);
    }
}
