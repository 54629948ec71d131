package io.duckfleet.benchmarks.ingest;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Posts of 10,000 and of 100,000 user records, at scale 1. Ours go to one table, which grows; the peers
/// begin with an empty store in each round.
public final class IngestWork implements Work {

    private static final List<Integer> SIZES = List.of(10_000, 100_000);
    private static final long SEED = 7;

    private final Workshop workshop;
    private final double scale;
    private final SidecarProcess sidecar;
    private final DuckDb database;

    public IngestWork(Workshop workshop, double scale) throws IOException {
        this.workshop = workshop;
        this.scale = scale;
        this.sidecar = SidecarProcess.start(workshop);
        this.database = DuckDb.inMemory(workshop.duckDb());
    }

    @Override
    public List<Race> races() {
        List<Race> races = new ArrayList<>();
        for (int size : SIZES) {
            int count = (int) Math.max(1, Math.round(size * scale));
            String records = "%,d records".formatted(size);
            races.add(race("5 ingest " + records, "users_" + size, count));
        }
        return races;
    }

    private Race race(String name, String table, int count) {
        byte[] envelope = new UserRecords(SEED).envelope(table, count);
        byte[] array = new UserRecords(SEED).array(count);
        return new Race(
                name,
                "One post of user records (JSON), acked when they can be read. Peers write to the local disk, ours to S3.",
                count,
                List.of(
                        new Contender("POST /ingest", Role.OURS, () -> post(envelope, count)),
                        new Contender("DuckParqStream's method", Role.PEER, () -> appendToWeeksFile(array, count)),
                        new Contender("read_json + COPY", Role.FLOOR, () -> copy(array, count))));
    }

    private Measurement post(byte[] envelope, int count) throws Exception {
        PeakMemory.reset(sidecar.pid());
        Measurement measurement = Measurement.timing(() -> sidecar.ingest(envelope, count));
        return measurement.withPeakBytes(PeakMemory.of(sidecar.pid()));
    }

    private Measurement appendToWeeksFile(byte[] array, int count) throws Exception {
        Path store = workshop.scratch().newFile("weeks");
        try (WeeklyFiles files = new WeeklyFiles(database, store)) {
            Measurement measurement = Measurement.timing(() -> files.append(array));
            requireRows(files.count(), count);
            return measurement;
        }
    }

    private Measurement copy(byte[] array, int count) throws Exception {
        Path store = workshop.scratch().newFile("partitions");
        try (PartitionedCopy copy = new PartitionedCopy(database, store)) {
            Measurement measurement = Measurement.timing(() -> copy.write(array));
            requireRows(copy.count(), count);
            return measurement;
        }
    }

    private static void requireRows(long found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("%d rows were written of %d".formatted(found, expected));
        }
    }

    @Override
    public void close() {
        database.close();
        sidecar.close();
    }
}
