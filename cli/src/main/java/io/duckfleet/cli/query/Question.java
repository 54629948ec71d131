package io.duckfleet.cli.query;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the commands that take a query have in common: the query, who answers it, and how long it may take.
final class Question {

    @Mixin
    private final UrlOption url = new UrlOption();

    @Parameters(paramLabel = "SQL", description = "The query; - reads it from the standard input.")
    private String sql = "";

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

    Coordinator coordinator() {
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw CommandFailure.usage("--timeout is from 1 to 600 seconds, found %d".formatted(timeoutSeconds));
        }
        return new Coordinator(url, Duration.ofSeconds(timeoutSeconds), engine);
    }

    Engine engine() {
        return engine;
    }

    String sql() {
        try {
            return sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
        } catch (IOException e) {
            throw new CommandFailure("the query can't be read: " + e.getMessage(), e);
        }
    }
}
