package io.duckfleet.benchmarks.generate;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.generator.RecordGenerator;
import io.duckfleet.generator.RecordKind;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A million records of each kind, at scale 1.
public final class GenerateWork implements Work {

    private static final int RECORDS = 1_000_000;
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");

    private final long count;

    public GenerateWork(double scale) {
        count = Math.max(1, Math.round(RECORDS * scale));
    }

    @Override
    public List<Race> races() {
        return Arrays.stream(RecordKind.values()).map(this::race).toList();
    }

    private Race race(RecordKind kind) {
        return new Race(
                "generate " + kind,
                "Sample records of the kind as JSON lines, on one thread.",
                count,
                List.of(new Contender(
                        "duckfleet generate",
                        Role.OURS,
                        () -> Measurement.timing(() -> RecordGenerator.of(kind, 7, UNTIL)
                                .writeLines(OutputStream.nullOutputStream(), count)))));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
