package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet query "SQL"`.
@Command(
        name = "query",
        description = {
            "Runs one SELECT over the fleet and shows the result.",
            "At a terminal the table is fitted to its width; in a pipe it is one line a row with a header, separated by tabs"
                    + " (tab, line break and backslash in values as \\t, \\n, \\\\; NULL as nothing)."
        })
public final class QueryCommand implements Runnable {

    @Mixin
    private final Question question = new Question();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "One of: table (default), json, ndjson, csv, arrow, parquet. All but table are streamed, whatever their size.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the result to a file.")
    private Optional<Path> output = Optional.empty();

    @Override
    public void run() {
        Coordinator coordinator = question.coordinator();
        Terminal terminal = Terminal.standard();
        if (format.isBinary() && output.isEmpty() && terminal.interactive()) {
            throw CommandFailure.usage("%s is binary: name a file with --output, or use a pipe"
                    .formatted(format.name().toLowerCase(Locale.ROOT)));
        }
        try {
            run(coordinator, question.sql(), terminal);
        } catch (IOException e) {
            throw new CommandFailure("the result can't be written: " + e, e);
        }
    }

    private void run(Coordinator coordinator, String statement, Terminal terminal) throws IOException {
        if (output.isPresent()) {
            try (OutputStream file = Files.newOutputStream(output.get())) {
                write(
                        coordinator,
                        statement,
                        new Terminal(new PrintStream(file, false, StandardCharsets.UTF_8), Optional.empty()));
            }
        } else {
            write(coordinator, statement, terminal);
        }
    }

    private void write(Coordinator coordinator, String statement, Terminal target) {
        if (format == OutputFormat.TABLE) {
            JsonNode answer = coordinator.query(statement);
            ResultTable.of(answer).linesFor(target).forEach(target.out()::println);
            if (target.interactive()) {
                target.out().println(ResultTable.summary(answer));
            }
        } else {
            coordinator.copy(statement, format, target.out());
        }
        target.out().flush();
    }
}
