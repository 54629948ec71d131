package io.duckfleet.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.terminal.CommandFailure;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A coordinator's configuration of the user's own, and the data nodes that it wants on this machine: one for
/// each port that has an `"s3_url"` in it, with all tables of that port. Entries without one are nodes that
/// run elsewhere. All else is the coordinator's to check.
public record OwnConfig(Path file, List<FleetNode> nodes) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final int LARGEST_PORT = 65_535;

    public OwnConfig {
        nodes = List.copyOf(nodes);
    }

    /// Reads the file.
    ///
    /// @throws CommandFailure if it can't be read, or a node with an `s3_url` isn't to run on this machine
    public static OwnConfig read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Map<Integer, FleetNode> nodes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> table : tables(absolute).properties()) {
            List<JsonNode> entries = table.getValue().has("nodes")
                    ? table.getValue().path("nodes").valueStream().toList()
                    : List.of(table.getValue());
            String nameOnNode = table.getValue().path("table_name").asText(table.getKey());
            for (int i = 0; i < entries.size(); i++) {
                String component = "node-" + table.getKey() + (entries.size() > 1 ? "-" + (i + 1) : "");
                node(absolute, component, table.getKey(), nameOnNode, entries.get(i))
                        .ifPresent(node -> nodes.merge(node.port(), node, (all, one) -> joined(absolute, all, one)));
            }
        }
        return new OwnConfig(absolute, List.copyOf(nodes.values()));
    }

    /// One node with the table of the other, too.
    private static FleetNode joined(Path file, FleetNode all, FleetNode one) {
        FleetNode.Table table = one.tables().getFirst();
        boolean isTwice = all.tables().stream()
                .anyMatch(known -> known.nameOnNode().equalsIgnoreCase(table.nameOnNode())
                        && !known.s3Url().equals(table.s3Url()));
        if (isTwice) {
            throw refusal(
                    file,
                    table.name(),
                    "the node at port %d has a table \"%s\" already, from another s3_url; give this one another table_name"
                            .formatted(one.port(), table.nameOnNode()));
        }
        return all.with(table);
    }

    private static JsonNode tables(Path file) {
        try {
            JsonNode tables = MAPPER.readTree(Files.readAllBytes(file)).path("tables");
            if (!tables.isObject()) {
                throw new CommandFailure("%s has no object \"tables\"".formatted(file));
            }
            return tables;
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    "%s, line %d: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new CommandFailure("%s can't be read".formatted(file), e);
        }
    }

    private static Optional<FleetNode> node(
            Path file, String component, String table, String nameOnNode, JsonNode entry) {
        if (!entry.has("s3_url")) {
            return Optional.empty();
        }
        checkName(file, table, table);
        checkName(file, table, nameOnNode);
        String s3Url = entry.path("s3_url").asText();
        if (!s3Url.matches("s3://[^/]+/.+")) {
            throw refusal(file, table, "the s3_url is \"%s\"; s3://bucket/key was expected".formatted(s3Url));
        }
        String url = entry.path("url").asText();
        if (!LOOPBACK.contains(host(url))) {
            throw refusal(
                    file,
                    table,
                    "the node is to run here, but its url is \"%s\"; http://localhost was expected".formatted(url));
        }
        int port = entry.path("port").asInt();
        if (port < 1 || port > LARGEST_PORT) {
            throw refusal(file, table, "a port from 1 to %d was expected".formatted(LARGEST_PORT));
        }
        return Optional.of(new FleetNode(component, port, List.of(new FleetNode.Table(table, nameOnNode, s3Url))));
    }

    private static void checkName(Path file, String table, String name) {
        try {
            TableName _ = new TableName(name);
        } catch (FleetException e) {
            throw refusal(file, table, e.detail());
        }
    }

    private static String host(String url) {
        try {
            String host =
                    URI.create(url.contains("://") ? url : "http://" + url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static CommandFailure refusal(Path file, String table, String message) {
        return new CommandFailure("%s: table \"%s\": %s".formatted(file, table, message));
    }
}
