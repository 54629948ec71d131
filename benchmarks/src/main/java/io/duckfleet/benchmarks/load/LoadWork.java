package io.duckfleet.benchmarks.load;

import io.duckfleet.benchmarks.harness.Contender;
import io.duckfleet.benchmarks.harness.Measurement;
import io.duckfleet.benchmarks.harness.Race;
import io.duckfleet.benchmarks.harness.Role;
import io.duckfleet.benchmarks.harness.Work;
import io.duckfleet.benchmarks.process.BenchmarkFiles;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.DataNodeProcess;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/// Five million rows of eight columns, at scale 1: in a new process each time, whose JVM's start isn't
/// counted, and again and again in one that is warm.
public final class LoadWork implements Work {

    private static final long ROWS = 5_000_000;
    private static final String KEY = "load.csv.gz";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final double NANOS_PER_MS = 1e6;

    private final Workshop workshop;
    private final long rows;
    private final Path file;
    private final NodeOfImage imaged;
    private final LoadAgain again;

    public LoadWork(Workshop workshop, double scale) {
        this.workshop = workshop;
        this.rows = Math.max(1, Math.round(ROWS * scale));
        this.file = workshop.scratch().newFile("load");
        BenchmarkFiles.writeCsv(workshop, file, rows);
        workshop.store().put(Workshop.BUCKET, KEY, file);
        this.imaged = new NodeOfImage(workshop);
        this.again = new LoadAgain(workshop, KEY);
    }

    @Override
    public List<Race> races() {
        Contender inflate = new Contender("inflate alone", Role.FLOOR, () -> Measurement.timing(this::inflate));
        return List.of(
                new Race(
                        "1 load",
                        "A gzipped CSV file of 8 columns from S3 into a table in memory, each in a process of its own.",
                        rows,
                        List.of(
                                new Contender("data node, as in its image", Role.OURS, () -> load(imaged.start(KEY))),
                                new Contender(
                                        "data node, plain JVM",
                                        Role.OURS,
                                        () -> load(DataNodeProcess.start(workshop, KEY, List.of()))),
                                new Contender("DuckDB read_csv over httpfs", Role.PEER, this::loadByDuckDb),
                                inflate)),
                new Race(
                        "1 load, warm",
                        "The same file again, in processes that have loaded it before.",
                        rows,
                        List.of(
                                new Contender("POST /reload", Role.OURS, again::byNode),
                                new Contender("DuckDB read_csv over httpfs", Role.PEER, again::byDuckDb),
                                inflate)));
    }

    private Measurement load(DataNodeProcess started) throws IOException {
        try (DataNodeProcess node = started) {
            requireRows(node.metadata().path("row_count").asLong());
            double milliseconds = node.metadata().path("load_time_ms").asDouble();
            return new Measurement(
                    Duration.ofNanos(Math.round(milliseconds * NANOS_PER_MS)), PeakMemory.of(node.pid()));
        }
    }

    private Measurement loadByDuckDb() throws IOException {
        Map<String, String> environment = workshop.s3Environment();
        List<String> arguments = List.of(workshop.authority(), "s3://%s/%s".formatted(Workshop.BUCKET, KEY));
        try (ChildProcess process = ChildProcess.main(HttpfsLoad.class, environment, arguments)) {
            String[] figures = process.awaitLine(HttpfsLoad.RESULT).split(" ", -1);
            requireRows(Long.parseLong(figures[1]));
            return new Measurement(
                    Duration.ofNanos(Long.parseLong(figures[0])), OptionalLong.of(Long.parseLong(figures[2])));
        }
    }

    private void inflate() throws IOException {
        try (InputStream compressed = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
                InputStream plain = new GZIPInputStream(compressed, BUFFER_BYTES)) {
            plain.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void requireRows(long found) {
        if (found != rows) {
            throw new IllegalStateException("%d rows were loaded of %d".formatted(found, rows));
        }
    }

    @Override
    public void close() {
        again.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
