package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.cli.terminal.TextTable;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet stats`.
@Command(
        name = "stats",
        description = "Tells what is in the lake: records, files and bytes of each table, and records by week.")
public final class StatsCommand implements Runnable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final double MEGABYTE = 1024 * 1024;

    @Mixin
    private final UrlOption url = new UrlOption();

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            description = "This table alone.")
    private Optional<String> table = Optional.empty();

    @Option(names = "--json", description = "The answer of GET /statistics as it is.")
    private boolean json;

    @Override
    public void run() {
        String parameters = table.map(name -> "?table=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        JsonNode answer = new Coordinator(url, DEADLINE).get("/statistics" + parameters);
        Terminal terminal = Terminal.standard();
        if (json) {
            terminal.out().println(answer.toPrettyString());
        } else {
            tell(terminal, answer.path("query_statistics"));
        }
        terminal.out().flush();
    }

    private static void tell(Terminal terminal, JsonNode statistics) {
        PrintStream out = terminal.out();
        if (statistics.isEmpty()) {
            out.println("The lake is empty; duckfleet ingest FILE --table T puts records into it.");
            return;
        }
        out.printf(
                "%,d records, ingested %s to %s%n%n",
                statistics.path("total_records").asLong(),
                text(statistics.path("date_range").path("earliest")),
                text(statistics.path("date_range").path("latest")));
        print(
                terminal,
                List.of("table", "records", "files", "MB", "latest"),
                statistics.path("tables"),
                StatsCommand::table);
        out.println();
        print(terminal, List.of("week of", "records"), statistics.path("weekly_distribution"), StatsCommand::week);
    }

    private static void print(
            Terminal terminal, List<String> header, JsonNode entries, Function<JsonNode, List<String>> row) {
        List<List<String>> rows =
                StreamSupport.stream(entries.spliterator(), false).map(row).toList();
        new TextTable(header, rows).linesFor(terminal).forEach(terminal.out()::println);
    }

    private static List<String> table(JsonNode table) {
        return List.of(
                table.path("table").asText(),
                table.path("records").asText(),
                table.path("files").asText(),
                String.format(Locale.ROOT, "%.1f", table.path("bytes").asLong() / MEGABYTE),
                text(table.path("date_range").path("latest")));
    }

    private static List<String> week(JsonNode week) {
        return List.of(
                week.path("week").asText().replaceFirst("T.*", ""),
                week.path("count").asText());
    }

    private static String text(JsonNode time) {
        return time.isNull() ? "-" : time.asText();
    }
}
