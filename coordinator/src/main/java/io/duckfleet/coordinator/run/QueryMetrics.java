package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Times queries as `duckfleet_coordinator_queries_seconds`, and counts failures by code as
/// `duckfleet_coordinator_queries_failed_total`.
public final class QueryMetrics {

    private final MeterRegistry registry;
    private final Timer queries;

    public QueryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.queries = Timer.builder("duckfleet.coordinator.queries")
                .description("queries, from their turn to their last byte")
                .register(registry);
    }

    Running start() {
        return new Running(Timer.start());
    }

    void failed(ErrorCode code) {
        registry.counter("duckfleet.coordinator.queries.failed", "code", code.wireName())
                .increment();
    }

    /// A query under way.
    final class Running {

        private final Timer.Sample sample;

        private Running(Timer.Sample sample) {
            this.sample = sample;
        }

        void end() {
            sample.stop(queries);
        }
    }
}
