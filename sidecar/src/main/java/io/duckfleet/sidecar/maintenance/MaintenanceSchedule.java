package io.duckfleet.sidecar.maintenance;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Runs each task from time to time, one after the other. What fails is tried again the next time.
public final class MaintenanceSchedule implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MaintenanceSchedule.class);
    private static final Duration MEASURE = Duration.ofSeconds(30);

    private final Maintenance maintenance;
    private final Map<MaintenanceTask, Duration> intervals;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("maintenance").daemon().factory());

    public MaintenanceSchedule(Maintenance maintenance, Map<MaintenanceTask, Duration> intervals) {
        this.maintenance = maintenance;
        this.intervals = Map.copyOf(intervals);
    }

    /// Begins. The first run of a task is one interval away.
    public void start() {
        intervals.forEach((task, interval) -> repeat(() -> maintenance.run(task), task.wireName(), interval));
        repeat(maintenance::measure, "measuring", MEASURE);
    }

    private void repeat(Runnable work, String name, Duration interval) {
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(
                () -> guarded(work, name), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Work that throws would never run again.
    private static void guarded(Runnable work, String name) {
        try {
            work.run();
        } catch (FleetException e) {
            if (e.code() == ErrorCode.OVERLOADED) {
                LOG.debugf("maintenance (%s): %s", name, e.detail());
            } else {
                LOG.warnf("maintenance (%s) failed, and is tried again: %s", name, e.detail());
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "maintenance (%s) failed in an unforeseen way", name);
        }
    }

    /// Stops; a slice that runs is cut, and nothing of it stays.
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
