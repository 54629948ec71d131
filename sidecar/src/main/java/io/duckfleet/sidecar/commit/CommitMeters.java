package io.duckfleet.sidecar.commit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The figures of commits, for Prometheus.
public final class CommitMeters {

    private final MeterRegistry registry;
    private final Timer commits;
    private final DistributionSummary groupSize;
    private final Counter records;
    private final Counter bytes;
    private final Counter failures;

    public CommitMeters(MeterRegistry registry) {
        this.registry = registry;
        this.commits = Timer.builder("duckfleet.commits")
                .description("Lake transactions, and how long each took")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.groupSize = DistributionSummary.builder("duckfleet.commit.group.size")
                .description("Batches per lake transaction")
                .register(registry);
        this.records = registry.counter("duckfleet.ingest.records");
        this.bytes = registry.counter("duckfleet.ingest.bytes");
        this.failures = registry.counter("duckfleet.ingest.failed.batches");
    }

    void watchQueue(IntSupplier waiting) {
        Gauge.builder("duckfleet.commit.waiting.batches", waiting::getAsInt).register(registry);
    }

    <T> T timed(int batches, Supplier<T> commit) {
        groupSize.record(batches);
        return commits.record(commit);
    }

    void committed(Batch batch, Receipt receipt) {
        if (!receipt.repeated()) {
            records.increment((double) receipt.rows());
            bytes.increment((double) batch.records().bytes());
        }
    }

    void failed() {
        failures.increment();
    }
}
