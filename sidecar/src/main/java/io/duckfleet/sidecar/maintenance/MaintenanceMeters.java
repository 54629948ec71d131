package io.duckfleet.sidecar.maintenance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// The figures of maintenance, for Prometheus.
public final class MaintenanceMeters {

    private final MeterRegistry registry;

    public MaintenanceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Supplier<Optional<MaintenanceBacklog>> backlog) {
        gauge("duckfleet.lake.small.files", backlog, MaintenanceBacklog::smallFiles);
        gauge("duckfleet.lake.snapshots", backlog, MaintenanceBacklog::snapshots);
        gauge("duckfleet.lake.files.to.remove", backlog, MaintenanceBacklog::filesToRemove);
    }

    private void gauge(
            String name, Supplier<Optional<MaintenanceBacklog>> backlog, ToLongFunction<MaintenanceBacklog> figure) {
        Gauge.builder(name, () -> backlog.get().map(figure::applyAsLong).orElse(0L))
                .register(registry);
    }

    MaintenanceOutcome timed(MaintenanceTask task, Supplier<MaintenanceOutcome> run) {
        Timer timer = registry.timer("duckfleet.maintenance.runs", "task", task.wireName());
        MaintenanceOutcome outcome = timer.record(run);
        registry.counter("duckfleet.maintenance.done", "task", task.wireName())
                .increment(outcome == null ? 0.0 : (double) outcome.done());
        return outcome == null ? MaintenanceOutcome.NOTHING : outcome;
    }
}
