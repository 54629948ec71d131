package io.duckfleet.coordinator.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Does what keeps the coordinator's picture of the fleet fresh, again and again, on a thread of its own.
public final class FleetWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FleetWatch.class);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fleet-watch").factory());

    /// Starts the round of `tasks`, `interval` after each end of it. A task that fails is logged and done
    /// again.
    public void start(Duration interval, List<Runnable> tasks) {
        clock.scheduleWithFixedDelay(
                () -> tasks.forEach(FleetWatch::attempt), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("a look at the fleet failed", e);
        }
    }
}
