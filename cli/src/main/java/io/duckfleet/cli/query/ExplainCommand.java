package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `duckfleet explain "SQL"`.
@Command(
        name = "explain",
        description = {
            "Shows how the fleet would run a query: what is asked of which node, and what is read from the lake.",
            "With --analyze the query is run, and what came from each node and how long it took is shown as well."
        })
public final class ExplainCommand implements Runnable {

    @Mixin
    private final Question question = new Question();

    @Option(names = "--analyze", description = "Runs the query, too.")
    private boolean analyze;

    @Override
    public void run() {
        JsonNode plan = question.coordinator().explain(question.sql(), analyze);
        Terminal terminal = Terminal.standard();
        lines(plan).forEach(terminal.out()::println);
        terminal.out().flush();
    }

    /// Trino tells its plan as text.
    private List<String> lines(JsonNode plan) {
        return question.engine() == Engine.TRINO
                ? plan.path("plan").asText().lines().toList()
                : PlanTree.of(plan).lines();
    }
}
