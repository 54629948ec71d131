package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.Terminal;
import io.duckfleet.cli.terminal.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `duckfleet tables`.
@Command(name = "tables", description = "Lists the fleet's tables: those of data nodes and those of the lake.")
public final class TablesCommand implements Runnable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Mixin
    private final UrlOption url = new UrlOption();

    @Override
    public void run() {
        JsonNode answer = new Coordinator(url, DEADLINE).get("/tables");
        List<List<String>> rows = StreamSupport.stream(answer.path("tables").spliterator(), false)
                .map(TablesCommand::row)
                .toList();
        Terminal terminal = Terminal.standard();
        new TextTable(List.of("table", "kind", "rows", "health", "node", "columns"), rows)
                .linesFor(terminal)
                .forEach(terminal.out()::println);
    }

    private static List<String> row(JsonNode table) {
        String columns = StreamSupport.stream(table.path("columns").spliterator(), false)
                .map(column -> column.path("name").asText(column.asText()))
                .collect(Collectors.joining(", "));
        return List.of(
                table.path("name").asText(),
                table.path("kind").asText(),
                value(table.path("rows")),
                value(table.path("health")),
                value(table.path("node")),
                columns);
    }

    private static String value(JsonNode node) {
        return node.isNull() ? "" : node.asText();
    }
}
