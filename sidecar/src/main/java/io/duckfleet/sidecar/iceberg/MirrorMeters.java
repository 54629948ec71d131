package io.duckfleet.sidecar.iceberg;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The figures of the mirror, for Prometheus.
public final class MirrorMeters {

    private static final double MILLIS = 1000.0;

    private final MeterRegistry registry;

    public MirrorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Supplier<Optional<Duration>> lag, Supplier<Optional<MirrorState>> state) {
        Gauge.builder(
                        "duckfleet.iceberg.lag.seconds",
                        () -> lag.get()
                                .map(Duration::toMillis)
                                .map(millis -> millis / MILLIS)
                                .orElse(Double.NaN))
                .register(registry);
        gauge("shown", () -> state.get().map(MirrorState::tables).orElse(0));
        gauge("refused", () -> state.get().map(now -> now.refused().size()).orElse(0));
        gauge("failed", () -> state.get().map(now -> now.failed().size()).orElse(0));
    }

    private void gauge(String which, Supplier<Number> tables) {
        Gauge.builder("duckfleet.iceberg.tables", tables).tag("state", which).register(registry);
    }

    void timed(Runnable sync) {
        registry.timer("duckfleet.iceberg.syncs").record(sync);
    }
}
