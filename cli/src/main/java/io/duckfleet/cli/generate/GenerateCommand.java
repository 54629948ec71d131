package io.duckfleet.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.ingest.RecordUpload;
import io.duckfleet.cli.ingest.SidecarOption;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.generator.GeneratedLines;
import io.duckfleet.generator.RecordGenerator;
import io.duckfleet.generator.RecordKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet generate`.
@Command(
        name = "generate",
        description = {
            "Makes sample records: users, transactions, events, products or sensors' readings, with times of the last 90 days.",
            "They go to the standard output, to a file (--output), or into a lake table (--table)."
        })
public final class GenerateCommand implements Runnable {

    private static final int BUFFER = 1 << 16;

    @Mixin
    private final SidecarOption sidecar = new SidecarOption();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "user",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private RecordKind kind = RecordKind.USER;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many. Default: ${DEFAULT-VALUE}")
    private long count;

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            description = "Puts them into this lake table, which is made if there is none.")
    private Optional<String> table = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes them to this file.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl: one a line (default); json: one array (default for a file called *.json).")
    private Optional<LinesFormat> format = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same records for the same seed on the same day (UTC).")
    private Optional<Long> seed = Optional.empty();

    @Override
    public void run() {
        if (count < 0) {
            throw CommandFailure.usage("--count: 0 or more was expected, it is %d".formatted(count));
        }
        if (table.isPresent() && output.isPresent()) {
            throw CommandFailure.usage("--table and --output exclude one another");
        }
        try {
            if (table.isPresent()) {
                ingest(table.get());
            } else if (output.isPresent()) {
                write(output.get());
            } else {
                write(System.out, format.orElse(LinesFormat.JSONL));
            }
        } catch (IOException e) {
            throw new CommandFailure("the records can't be written: %s".formatted(e), e);
        }
    }

    /// With a seed, times count from today's beginning, so that the seed alone decides.
    private RecordGenerator generator() {
        return seed.map(given -> RecordGenerator.of(kind, given, Instant.now().truncatedTo(ChronoUnit.DAYS)))
                .orElseGet(() ->
                        RecordGenerator.of(kind, ThreadLocalRandom.current().nextLong(), Instant.now()));
    }

    private void write(Path file) throws IOException {
        boolean array = String.valueOf(file.getFileName()).endsWith(".json");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            write(out, format.orElse(array ? LinesFormat.JSON : LinesFormat.JSONL));
        }
        System.err.printf("%d records in %s%n", count, file);
    }

    private void write(OutputStream out, LinesFormat chosen) throws IOException {
        switch (chosen) {
            case JSON -> {
                generator().writeArray(out, count);
                out.write('\n');
            }
            case JSONL -> new GeneratedLines(generator(), count).transferTo(out);
        }
        out.flush();
    }

    private void ingest(String name) {
        Terminal terminal = Terminal.standard();
        long begin = System.nanoTime();
        JsonNode answer = new RecordUpload(UUID.randomUUID().toString(), Duration.ofHours(1))
                .lines(
                        sidecar.resolve("/ingest"),
                        Map.of("table_name", name, "on_error", "abort"),
                        new GeneratedLines(generator(), count));
        terminal.out()
                .printf(
                        "%d records into %s, snapshot %d, %s%n",
                        answer.path("record_count").asLong(),
                        answer.path("table_name").asText(name),
                        answer.path("snapshot_id").asLong(),
                        Progress.seconds(Duration.ofNanos(System.nanoTime() - begin)));
        terminal.out().flush();
    }
}
