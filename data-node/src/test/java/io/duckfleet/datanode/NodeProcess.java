package io.duckfleet.datanode;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged program as a process of its own, at a free port of the loopback address.
final class NodeProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://\\S+)");

    private final Process process;
    private final BufferedReader output;

    private NodeProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static NodeProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        try {
            return new NodeProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the node listens, and gives its address.
    String awaitAddress() {
        return output.lines()
                .map(ADDRESS::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new IllegalStateException("the node ended: " + errorLines()));
    }

    /// Waits until the node at `address` has loaded its table.
    static void awaitReady(String address) {
        Instant patience = Instant.now().plus(Duration.ofMinutes(1));
        while (RestAssured.get(address + "/health/ready").statusCode() != 200) {
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("the node doesn't get ready");
            }
        }
    }

    /// Waits for the end and gives the exit code.
    int awaitExit() {
        output.lines().forEach(line -> {});
        awaitEnd();
        return process.exitValue();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the node doesn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<String> errorLines() {
        return process.errorReader(StandardCharsets.UTF_8).lines().toList();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }
}
