package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Times queries as `duckfleet_coordinator_queries_seconds`, counts failures by code as
/// `duckfleet_coordinator_queries_failed_total`, and those who were given the answer of another's run as
/// `duckfleet_coordinator_queries_shared_total`.
public final class QueryMetrics {

    private final MeterRegistry registry;
    private final Timer queries;
    private final Counter shared;

    public QueryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.queries = Timer.builder("duckfleet.coordinator.queries")
                .description(
                        "queries, from their turn to their last byte; those that share another one's run, from their coming")
                .register(registry);
        this.shared = Counter.builder("duckfleet.coordinator.queries.shared")
                .description("queries that were answered by the run of another one that asked the same")
                .register(registry);
    }

    void shared() {
        shared.increment();
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
