package io.duckfleet.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A coordinator of a test's own, with a configuration that the test writes.
public final class OwnCoordinator implements AutoCloseable {

    private final Path config;
    private final ChildService service;

    private OwnCoordinator(Path config, ChildService service) {
        this.config = config;
        this.service = service;
    }

    /// A coordinator over `tables` in the form of the configuration file, ready.
    public static OwnCoordinator over(Map<String, Object> tables, Map<String, String> variables) {
        try {
            Path file = Files.createTempFile("duckfleet-it-", ".json");
            file.toFile().deleteOnExit();
            Files.writeString(file, Json.object("tables", tables));
            Map<String, String> environment = new HashMap<>();
            environment.put("DUCKDB_MEMORY_LIMIT", "512MB");
            environment.put("DUCKFLEET_COORDINATOR_WATCH_INTERVAL", "200ms");
            environment.putAll(variables);
            ChildService service = ChildService.start(
                    "coordinator", ChildService.freePort(), List.of("--config", file.toString()), environment);
            return new OwnCoordinator(file, service.awaitReady());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The configuration's entry of a table on one node.
    static Map<String, Object> node(int port) {
        return Map.of("url", "http://127.0.0.1", "port", port, "table_name", "shipments");
    }

    /// The configuration's entry of a table on several nodes.
    static Map<String, Object> nodes(String mode, int... ports) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mode", mode);
        entry.put("table_name", "shipments");
        entry.put(
                "nodes",
                java.util.Arrays.stream(ports)
                        .mapToObj(port -> Map.of("url", "http://127.0.0.1", "port", port))
                        .toList());
        return entry;
    }

    ChildService service() {
        return service;
    }

    /// The address of `path` at this coordinator.
    public URI at(String path) {
        return service.at(path);
    }

    HttpResponse<String> query(String sql) {
        return Http.post(at("/query?format=ndjson"), Json.object("query", sql));
    }

    HttpResponse<String> query(String sql, long timeoutMs) {
        return Http.post(at("/query?format=ndjson"), Json.write(Map.of("query", sql, "timeout_ms", timeoutMs)));
    }

    JsonNode get(String path) {
        return Json.read(Http.get(at(path)).body());
    }

    /// What `GET /tables` tells of the table, if it is there.
    Optional<JsonNode> table(String name) {
        return StreamSupport.stream(get("/tables").path("tables").spliterator(), false)
                .filter(table -> table.path("name").asText().equals(name))
                .findFirst();
    }

    /// The value of a metric, summed over its labels.
    double metric(String name) {
        return Http.get(at("/metrics"))
                .body()
                .lines()
                .filter(line -> line.matches("\\Q" + name + "\\E[ {].*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Replaces the configuration's text, in one step.
    void writeConfig(String text) {
        try {
            Path next = Files.writeString(config.resolveSibling(config.getFileName() + ".next"), text);
            Files.move(next, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void useTables(Map<String, Object> tables) {
        writeConfig(Json.object("tables", tables));
    }

    @Override
    public void close() {
        service.close();
    }
}
