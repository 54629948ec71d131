package io.duckfleet.benchmarks.ingest;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Posts of 10,000 and of 100,000 user records, at scale 1. Ours go to one table, which grows; the peers
/// begin with an empty store in each round, but for the last race, where all hold a million rows before.
public final class IngestWork implements Work {

    private static final List<Integer> SIZES = List.of(10_000, 100_000);
    private static final int FILLED = 1_000_000;
    private static final int FILL_POST = 100_000;
    private static final int WARM_UPS = 10;
    private static final long SEED = 7;

    private final Workshop workshop;
    private final double scale;
    private final SidecarProcess sidecar;
    private final DuckDb database;

    public IngestWork(Workshop workshop, double scale) throws IOException {
        this.workshop = workshop;
        this.scale = scale;
        this.sidecar = SidecarProcess.start(workshop);
        this.database = AsItComes.duckDb(workshop.duckDb());
        warmUp();
    }

    @Override
    public List<Race> races() {
        List<Race> races = new ArrayList<>();
        for (int size : SIZES) {
            int count = scaled(size);
            String post = size == SIZES.getFirst() ? "a small post" : "a large post";
            races.add(race("5 ingest " + post, "users_" + size, count));
        }
        races.add(filledRace());
        return races;
    }

    /// The same for a store that holds a million rows already: the peer writes its file anew with each post.
    private Race filledRace() {
        int filled = scaled(FILLED);
        int count = scaled(FILL_POST);
        byte[] envelope = new UserRecords(SEED).envelope("users_filled", count);
        byte[] array = new UserRecords(SEED).array(count);
        Path store = workshop.scratch().newFile("weeks");
        fill(store, array, envelope, filled, count);
        return new Race(
                "5 ingest a large post to a filled table",
                "One post of user records (JSON) into a store that holds a million rows.",
                count,
                List.of(
                        new Contender("POST /ingest", Role.OURS, () -> post(envelope, count)),
                        new Contender("DuckParqStream's method", Role.PEER, () -> append(store, array))));
    }

    private void fill(Path store, byte[] array, byte[] envelope, int filled, int count) {
        try {
            for (int rows = 0; rows < filled; rows += count) {
                sidecar.ingest(envelope, count);
                append(store, array);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Measurement append(Path store, byte[] array) throws Exception {
        return Measurement.timing(() -> new WeeklyFiles(database, store).append(array));
    }

    private int scaled(int full) {
        return (int) Math.max(1, Math.round(full * scale));
    }

    /// All contenders run a while before they are measured, as servers do.
    private void warmUp() throws IOException {
        int count = scaled(SIZES.getFirst());
        byte[] envelope = new UserRecords(SEED).envelope("warm_up", count);
        byte[] array = new UserRecords(SEED).array(count);
        try {
            for (int i = 0; i < WARM_UPS; i++) {
                post(envelope, count);
                appendToWeeksFile(array, count);
                copy(array, count);
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
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
                        new Contender("read_json + COPY", Role.FLOOR, () -> copy(array, count)),
                        new Contender("the same + one lake commit", Role.FLOOR, () -> copyAndCommit(array, count))));
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

    /// What our way can't do without: the rows must be read and written, and the lake must commit once.
    private Measurement copyAndCommit(byte[] array, int count) throws Exception {
        byte[] one = new UserRecords(SEED).envelope("single", 1);
        Measurement copied = copy(array, count);
        Measurement committed = Measurement.timing(() -> sidecar.ingest(one, 1));
        return new Measurement(copied.time().plus(committed.time()), OptionalLong.empty());
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
