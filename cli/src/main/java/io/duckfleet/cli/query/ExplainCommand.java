package io.duckfleet.cli.query;

import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    @Override
    public void run() {
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw CommandFailure.usage("--timeout is from 1 to 600 seconds, found %d".formatted(timeoutSeconds));
        }
        Coordinator coordinator = new Coordinator(url, Duration.ofSeconds(timeoutSeconds));
        Terminal terminal = Terminal.standard();
        PlanTree.of(coordinator.explain(statement(), analyze)).lines().forEach(terminal.out()::println);
        terminal.out().flush();
    }

    private String statement() {
        try {
            return sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
        } catch (IOException e) {
            throw new CommandFailure("the query can't be read: " + e.getMessage(), e);
        }
    }
}
