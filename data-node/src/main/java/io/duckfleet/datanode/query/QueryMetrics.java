package io.duckfleet.datanode.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Counts and times queries: `duckfleet_node_queries_seconds` by outcome,
/// `duckfleet_node_queries_refused_total`.
public final class QueryMetrics {

    private final Timer answered;
    private final Timer failed;
    private final Counter refused;

    public QueryMetrics(MeterRegistry registry) {
        answered = timer(registry, "answered");
        failed = timer(registry, "failed");
        refused = Counter.builder("duckfleet.node.queries.refused")
                .description("queries that got no turn")
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("duckfleet.node.queries")
                .description("queries and fragments, from their turn to their last byte")
                .tag("outcome", outcome)
                .register(registry);
    }

    Running start() {
        return new Running(Timer.start());
    }

    void refused() {
        refused.increment();
    }

    /// A query under way.
    final class Running {

        private final Timer.Sample sample;

        private Running(Timer.Sample sample) {
            this.sample = sample;
        }

        void end(boolean withFailure) {
            sample.stop(withFailure ? failed : answered);
        }
    }
}
