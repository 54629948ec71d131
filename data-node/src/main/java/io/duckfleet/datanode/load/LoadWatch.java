package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Looks from time to time whether what lies in S3 has changed, and loads it again then. A failure is tried
/// again at the next look.
public final class LoadWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LoadWatch.class);

    private final LoadService loads;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());

    public LoadWatch(LoadService loads) {
        this.loads = loads;
    }

    /// Looks every `interval` from now on.
    public void start(Duration interval) {
        Future<?> _ = looks.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Never throws: the next look would not come.
    private void look() {
        try {
            loads.reloadIfChanged();
        } catch (FleetException e) {
            LOG.debugf("a look at S3 changed nothing: %s", e.detail());
        } catch (RuntimeException e) {
            LOG.error("a look at S3 failed", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
