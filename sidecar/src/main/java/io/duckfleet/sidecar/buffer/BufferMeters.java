package io.duckfleet.sidecar.buffer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/// The figures of the buffer, for Prometheus.
public final class BufferMeters {

    private final MeterRegistry registry;
    private final Timer appends;
    private final DistributionSummary groupSize;
    private final Counter records;
    private final Counter bytes;
    private final Counter duplicates;
    private final Counter flushedRecords;
    private final Counter rejectedRecords;

    public BufferMeters(MeterRegistry registry) {
        this.registry = registry;
        this.appends = Timer.builder("duckfleet.buffer.appends")
                .description("Groups of records written to the buffer, and how long each took")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.groupSize = DistributionSummary.builder("duckfleet.buffer.group.size")
                .description("Records per write of the buffer")
                .register(registry);
        this.records = registry.counter("duckfleet.stream.records");
        this.bytes = registry.counter("duckfleet.stream.bytes");
        this.duplicates = registry.counter("duckfleet.stream.duplicates");
        this.flushedRecords = registry.counter("duckfleet.flush.records");
        this.rejectedRecords = registry.counter("duckfleet.flush.rejected.records");
    }

    void watch(Backlog backlog) {
        Gauge.builder("duckfleet.buffer.records", backlog::rows).register(registry);
        Gauge.builder("duckfleet.buffer.bytes", backlog::bytes).register(registry);
        Gauge.builder("duckfleet.buffer.age.seconds", () -> backlog.age().toSeconds())
                .register(registry);
    }

    <T> T timed(int group, Supplier<T> append) {
        groupSize.record(group);
        return appends.record(append);
    }

    void buffered(long rows, long size) {
        records.increment((double) rows);
        bytes.increment((double) size);
    }

    void repeated() {
        duplicates.increment();
    }

    /// A record that wasn't taken, and why: the error's code.
    void refused(String reason) {
        registry.counter("duckfleet.stream.refused", "reason", reason).increment();
    }

    void flushed(long rows, long rejected) {
        flushedRecords.increment((double) rows);
        rejectedRecords.increment((double) rejected);
    }

    void flushFailed(String reason) {
        registry.counter("duckfleet.flush.failures", "reason", reason).increment();
    }
}
