package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table's entry in the configuration as it is written. `s3_url` is for `duckfleet start`, which starts a
/// node for it; the coordinator has no use for it.
record TableEntry(
        @Nullable String url,
        @Nullable Integer port,
        @Nullable List<@Nullable NodeEntry> nodes,
        @Nullable String mode,
        @JsonProperty("table_name") @Nullable String tableName,
        @JsonProperty("s3_url") @Nullable String s3Url) {

    private static final int LARGEST_PORT = 65_535;

    /// One of several nodes.
    record NodeEntry(
            @Nullable String url,
            @Nullable Integer port,
            @JsonProperty("s3_url") @Nullable String s3Url) {}

    /// The table that the entry, which stands at `pointer`, is of.
    FleetTable table(String key, String pointer, ConfigText text) {
        List<URI> addresses = addresses(key, pointer, text);
        NodeMode chosen = mode(key, addresses.size(), pointer, text);
        try {
            TableName name = new TableName(key);
            TableName onNode = tableName == null ? name : new TableName(tableName);
            return new FleetTable(name, onNode, addresses, chosen);
        } catch (FleetException e) {
            throw text.refuse(pointer, "table \"%s\": %s".formatted(key, e.detail()));
        }
    }

    private List<URI> addresses(String key, String pointer, ConfigText text) {
        if (nodes == null) {
            return List.of(address(key, url, port, pointer, text));
        }
        if (url != null || port != null) {
            throw text.refuse(
                    pointer, "the table \"%s\" has \"nodes\", so \"url\" and \"port\" stand there".formatted(key));
        }
        if (nodes.isEmpty()) {
            throw text.refuse(
                    pointer + "/nodes", "the table \"%s\" has no nodes; one at least was expected".formatted(key));
        }
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            NodeEntry node = nodes.get(i) == null ? new NodeEntry(null, null, null) : nodes.get(i);
            URI address = address(key, node.url(), node.port(), pointer + "/nodes/" + i, text);
            if (addresses.contains(address)) {
                throw text.refuse(
                        pointer + "/nodes/" + i, "the table \"%s\" has the node %s twice".formatted(key, address));
            }
            addresses.add(address);
        }
        return addresses;
    }

    private NodeMode mode(String key, int nodeCount, String pointer, ConfigText text) {
        if (mode == null) {
            if (nodeCount > 1) {
                throw text.refuse(
                        pointer,
                        "the table \"%s\" has %d nodes and no \"mode\"; \"shards\" or \"replicas\" was expected"
                                .formatted(key, nodeCount));
            }
            return NodeMode.REPLICAS;
        }
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "shards" -> NodeMode.SHARDS;
            case "replicas" -> NodeMode.REPLICAS;
            default ->
                throw text.refuse(
                        pointer + "/mode",
                        "the mode of table \"%s\" is \"%s\"; \"shards\" or \"replicas\" was expected"
                                .formatted(key, mode));
        };
    }

    private static URI address(
            String key, @Nullable String url, @Nullable Integer port, String pointer, ConfigText text) {
        if (url == null || port == null) {
            throw text.refuse(pointer, "the table \"%s\" needs \"url\" and \"port\"".formatted(key));
        }
        if (port < 1 || port > LARGEST_PORT) {
            throw text.refuse(
                    pointer + "/port",
                    "the port of table \"%s\" is %d; 1 to %d was expected".formatted(key, port, LARGEST_PORT));
        }
        try {
            return address(url, port);
        } catch (IllegalArgumentException e) {
            throw text.refuse(pointer + "/url", "table \"%s\": %s".formatted(key, e.getMessage()));
        }
    }

    /// A URL without a scheme means http.
    private static URI address(String url, int port) {
        URI parsed = URI.create(url.contains("://") ? url : "http://" + url);
        boolean rest = !parsed.getRawPath().isEmpty() && !parsed.getRawPath().equals("/");
        if (parsed.getHost() == null
                || parsed.getPort() >= 0
                || rest
                || !Set.of("http", "https").contains(parsed.getScheme())) {
            throw new IllegalArgumentException(
                    "the url is \"%s\"; an address such as http://host was expected, with the port beside it"
                            .formatted(url));
        }
        return URI.create("%s://%s:%d".formatted(parsed.getScheme(), parsed.getHost(), port));
    }
}
