package io.duckfleet.coordinator.trino;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Times what Trino was asked as `duckfleet_coordinator_trino_seconds`, also what failed, and counts the rows
/// that came as `duckfleet_coordinator_trino_rows_total`.
public final class TrinoMetrics {

    private final Timer queries;
    private final Counter rows;

    public TrinoMetrics(MeterRegistry registry) {
        this.queries = Timer.builder("duckfleet.coordinator.trino")
                .description("queries at Trino, until their last row has come")
                .register(registry);
        this.rows = Counter.builder("duckfleet.coordinator.trino.rows")
                .description("rows that came from Trino")
                .register(registry);
    }

    void came(long count) {
        rows.increment((double) count);
    }

    void took(Duration duration) {
        queries.record(duration);
    }
}
