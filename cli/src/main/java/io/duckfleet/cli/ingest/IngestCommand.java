package io.duckfleet.cli.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.terminal.Terminal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `duckfleet ingest FILE|- --table T`.
@Command(
        name = "ingest",
        description = {
            "Puts a file's records into a lake table: JSON lines, a JSON array, one object, CSV or Parquet; JSON and CSV"
                    + " also as .gz or .zst. The standard input is read as JSON lines.",
            "Exit code 0: all records are in the lake; 1: some were rejected, or nothing was taken."
        })
public final class IngestCommand implements Runnable {

    private static final int SHOWN = 10;

    @Mixin
    private final SidecarOption sidecar = new SidecarOption();

    @Parameters(paramLabel = "FILE", description = "The file; - reads JSON lines from the standard input.")
    private String file = "";

    @Option(
            names = {"-t", "--table"},
            required = true,
            paramLabel = "TABLE",
            description = "The table; it is made if there is none.")
    private String table = "";

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day of all records. Default: today")
    private Optional<String> date = Optional.empty();

    @Option(names = "--partition-by", paramLabel = "FIELD", description = "The field that has each record's day.")
    private Optional<String> partitionBy = Optional.empty();

    @Option(
            names = "--on-error",
            paramLabel = "CHOICE",
            description = "reject: good records go in (default); abort: all or nothing.")
    private Optional<String> onError = Optional.empty();

    @Option(
            names = "--on-conflict",
            paramLabel = "CHOICE",
            description = "cast: what a column can't hold is rejected (default); promote: the column is widened.")
    private Optional<String> onConflict = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "The idempotency key: sent again, it commits once.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long it may take. Default: 3600")
    private int timeoutSeconds;

    @Override
    public void run() {
        Terminal terminal = Terminal.standard();
        Progress progress = terminal.interactive() ? Progress.to(terminal.out()) : Progress.silent();
        RecordUpload upload =
                new RecordUpload(key.orElseGet(() -> UUID.randomUUID().toString()), Duration.ofSeconds(timeoutSeconds));
        long begin = System.nanoTime();
        try {
            tell(terminal, send(upload, progress), Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private JsonNode send(RecordUpload upload, Progress progress) throws IOException {
        if (file.equals("-")) {
            InputStream input = new CountedInput(System.in, OptionalLong.empty(), progress);
            return upload.lines(sidecar.resolve("/ingest"), parameters(), new BufferedInputStream(input));
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new CommandFailure("there is no file %s".formatted(file));
        }
        try (InputStream content =
                new CountedInput(Files.newInputStream(path), OptionalLong.of(Files.size(path)), progress)) {
            return upload.file(
                    sidecar.resolve("/ingest/file"), parameters(), String.valueOf(path.getFileName()), content);
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("table_name", table);
        date.ifPresent(value -> parameters.put("partition_date", value));
        partitionBy.ifPresent(value -> parameters.put("partition_by", value));
        onError.ifPresent(value -> parameters.put("on_error", value));
        onConflict.ifPresent(value -> parameters.put("on_conflict", value));
        return parameters;
    }

    private void tell(Terminal terminal, JsonNode answer, Duration took) {
        terminal.out()
                .printf(
                        "%d records into %s, snapshot %d, %s%s%n",
                        answer.path("record_count").asLong(),
                        answer.path("table_name").asText(table),
                        answer.path("snapshot_id").asLong(),
                        Progress.seconds(took),
                        answer.path("duplicate").asBoolean() ? " (they were there already: a repeat of this key)" : "");
        terminal.out().flush();
        JsonNode rejected = answer.path("rejected");
        if (!rejected.isEmpty()) {
            throw new CommandFailure(
                    rejections(rejected, answer.path("rejected_count").asLong(rejected.size())));
        }
    }

    private static String rejections(JsonNode rejected, long count) {
        StringBuilder text = new StringBuilder(
                "%d records were rejected; the lake table duckfleet.rejected keeps them".formatted(count));
        for (int i = 0; i < Math.min(SHOWN, rejected.size()); i++) {
            JsonNode record = rejected.get(i);
            String place = record.has("line")
                    ? "line " + record.path("line").asLong()
                    : "record " + record.path("index").asLong();
            String field = record.path("field").asText("");
            text.append(System.lineSeparator())
                    .append("  %s%s: %s"
                            .formatted(
                                    place,
                                    field.isEmpty() ? "" : ", field " + field,
                                    record.path("reason").asText("")));
        }
        return text.toString();
    }
}
