package io.duckfleet.datanode.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts reloads by their outcome.
public final class LoadMetrics {

    private final Counter succeeded;
    private final Counter failed;

    public LoadMetrics(MeterRegistry registry) {
        succeeded = counter(registry, "succeeded");
        failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("duckfleet.node.reloads")
                .description("reloads of the table, on request or because the object had changed")
                .tag("outcome", outcome)
                .register(registry);
    }

    void succeeded() {
        succeeded.increment();
    }

    void failed() {
        failed.increment();
    }
}
