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
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file of 100 MB of JSON lines, at scale 1.
public final class UploadWork implements Work {

    private static final int RECORDS = 400_000;
    private static final long SEED = 13;

    private final SidecarProcess sidecar;
    private final DuckDb database;
    private final int count;
    private final byte[] form;
    private final Path file;

    public UploadWork(Workshop workshop, double scale) throws IOException {
        this.sidecar = SidecarProcess.start(workshop);
        this.database = AsItComes.duckDb(workshop.duckDb());
        this.count = (int) Math.max(1, Math.round(RECORDS * scale));
        byte[] lines = new UserRecords(SEED).lines(count);
        this.form = SidecarProcess.form(lines);
        this.file = Files.write(workshop.scratch().newFile("lines"), lines);
    }

    @Override
    public List<Race> races() {
        return List.of(new Race(
                "8 upload 100 MB",
                "A file of JSON lines, acked when its records can be read. The floor reads the file from memory into a table.",
                count,
                List.of(
                        new Contender("POST /ingest/file", Role.OURS, this::upload),
                        new Contender("read_json", Role.FLOOR, this::read))));
    }

    private Measurement upload() throws Exception {
        PeakMemory.reset(sidecar.pid());
        return Measurement.timing(() -> sidecar.upload("uploaded", form, count))
                .withPeakBytes(PeakMemory.of(sidecar.pid()));
    }

    private Measurement read() throws Exception {
        return Measurement.timing(() -> database.withSession(session -> {
            session.execute("CREATE OR REPLACE TEMP TABLE read AS FROM read_json(%s, format = 'newline_delimited')"
                    .formatted(Identifiers.literal(file.toString())));
            return true;
        }));
    }

    @Override
    public void close() {
        database.close();
        sidecar.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
