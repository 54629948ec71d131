package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `duckfleet explain "SQL"`.
@Command(
        name = "explain",
        description = {
            "Shows how the fleet would run a query: what is asked of which node, and what is read from the lake.",
            "With --analyze the query is run, and what came from each node and how long it took is shown as well."
        })
public final class ExplainCommand implements Runnable {

    @Mixin
    private final UrlOption url = new UrlOption();

    @Parameters(paramLabel = "SQL", description = "The query; - reads it from the standard input.")
    private String sql = "";

    @Option(names = "--analyze", description = "Runs the query, too.")
    private boolean analyze;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the query may take, 1 to 600. Default: 60")
    private int timeoutSeconds;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "duckdb",
            description = "duckdb (default), or trino: the query is in Trino's SQL then, over the lake's tables.")
    private Engine engine = Engine.DUCKDB;

    @Override
    public void run() {
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw CommandFailure.usage("--timeout is from 1 to 600 seconds, found %d".formatted(timeoutSeconds));
        }
        Coordinator coordinator = new Coordinator(url, Duration.ofSeconds(timeoutSeconds), engine);
        Terminal terminal = Terminal.standard();
        JsonNode plan = coordinator.explain(statement(), analyze);
        lines(plan).forEach(terminal.out()::println);
        terminal.out().flush();
    }

    /// Trino tells its plan as text.
    private List<String> lines(JsonNode plan) {
        return engine == Engine.TRINO
                ? plan.path("plan").asText().lines().toList()
                : PlanTree.of(plan).lines();
    }

    private String statement() {
        try {
            return sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
        } catch (IOException e) {
            throw new CommandFailure("the query can't be read: " + e.getMessage(), e);
        }
    }
}
