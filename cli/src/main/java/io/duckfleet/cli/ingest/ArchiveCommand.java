package io.duckfleet.cli.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.query.UrlOption;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `duckfleet archive TABLE --before DAY --output FILE`.
@Command(
        name = "archive",
        description = {
            "Exports the records of a lake table before a day to a Parquet file, and deletes them from the lake.",
            "They are deleted only if the file holds as many records as would go."
        })
public final class ArchiveCommand implements Runnable {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    @Mixin
    private final UrlOption url = new UrlOption();

    @Mixin
    private final SidecarOption sidecar = new SidecarOption();

    @Parameters(paramLabel = "TABLE", description = "The table.")
    private String table = "";

    @Option(
            names = "--before",
            required = true,
            paramLabel = "YYYY-MM-DD",
            description = "Records of earlier days are archived.")
    private String before = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The Parquet file to write; it must not exist.")
    private Path output = Path.of("archive.parquet");

    @Option(names = "--keep", description = "Exports only; nothing is deleted.")
    private boolean keep;

    @Override
    public void run() {
        TableName name = name();
        LocalDate day = day();
        if (Files.exists(output)) {
            throw CommandFailure.usage("%s exists already; name another file".formatted(output));
        }
        try {
            export(name, day);
            long rows = rows();
            Terminal.standard().out().printf("%d records in %s%n", rows, output);
            if (!keep && rows > 0) {
                delete(name, day, rows);
                Terminal.standard().out().printf("%d records deleted from %s%n", rows, name);
            }
        } catch (IOException e) {
            throw new CommandFailure("the archive can't be made: %s".formatted(e.getMessage()), e);
        }
    }

    private TableName name() {
        try {
            return new TableName(table);
        } catch (FleetException e) {
            throw CommandFailure.usage(e.detail());
        }
    }

    private LocalDate day() {
        try {
            return LocalDate.parse(before);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("--before: a day YYYY-MM-DD was expected, not \"%s\"".formatted(before));
        }
    }

    private void export(TableName name, LocalDate day) throws IOException {
        String sql = "SELECT * FROM lake.%s WHERE partition_date < DATE '%s'".formatted(name.quoted(), day);
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try {
            new ParquetExport(url.resolve("/query"), DEADLINE).write(sql, part);
            Files.move(part, output);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long rows() {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))))) {
            return database.withSession(
                    session -> session.queryLong("SELECT count(*) FROM read_parquet(?)", output.toString()));
        }
    }

    private void delete(TableName name, LocalDate day, long rows) throws IOException {
        HttpRequest request = SidecarOption.adminRequest(
                        sidecar.resolve("/table/%s?before=%s&expect=%d".formatted(name, day, rows)))
                .DELETE()
                .build();
        JsonClient.Answer answer = new JsonClient().send(request, DEADLINE);
        JsonNode body = answer.body();
        if (!answer.succeeded()) {
            throw new CommandFailure(
                    "the records are exported, but not deleted: " + ProblemText.of(answer.status(), body, ""));
        }
    }
}
