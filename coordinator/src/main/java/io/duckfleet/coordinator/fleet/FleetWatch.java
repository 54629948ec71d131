package io.duckfleet.coordinator.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Does what keeps the coordinator's picture of the fleet fresh, again and again, on a thread of its own.
public final class FleetWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FleetWatch.class);

    private final ScheduledExecutorService clock;
    private final Future<?> rounds;

    private FleetWatch(ScheduledExecutorService clock, Future<?> rounds) {
        this.clock = clock;
        this.rounds = rounds;
    }

    /// Starts the rounds of `tasks`, each one `interval` after the end of the one before. A task that fails
    /// is logged and done again.
    public static FleetWatch start(Duration interval, List<Runnable> tasks) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fleet-watch").factory());
        Future<?> rounds = clock.scheduleWithFixedDelay(
                () -> tasks.forEach(FleetWatch::attempt), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return new FleetWatch(clock, rounds);
    }

    @Override
    public void close() {
        rounds.cancel(false);
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
