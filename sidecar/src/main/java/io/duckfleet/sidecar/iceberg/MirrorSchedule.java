package io.duckfleet.sidecar.iceberg;

import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Brings the mirror up to date from time to time, once the lake is there.
public final class MirrorSchedule implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MirrorSchedule.class);

    private final Mirror mirror;
    private final Duration interval;
    private final BooleanSupplier lakeIsThere;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("iceberg").daemon().factory());

    public MirrorSchedule(Mirror mirror, Duration interval, BooleanSupplier lakeIsThere) {
        this.mirror = mirror;
        this.interval = interval;
        this.lakeIsThere = lakeIsThere;
    }

    /// Begins; the first time is one interval away.
    public void start() {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(
                this::sync, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What throws would never run again.
    private void sync() {
        try {
            if (lakeIsThere.getAsBoolean()) {
                long changed = mirror.catchUp();
                LOG.debugf("%d Iceberg tables brought up to date", changed);
            }
        } catch (FleetException e) {
            LOG.warnf("the Iceberg tables stay as they are for now: %s", e.detail());
        } catch (RuntimeException e) {
            LOG.error("the Iceberg tables stay as they are for now", e);
        }
    }

    /// Stops; what is under way is cut, and leaves the tables as they were.
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
