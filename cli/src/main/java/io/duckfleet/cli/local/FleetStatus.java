package io.duckfleet.cli.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a fleet is, in the shape of `status --json`; `trino` is there if the fleet was started with it.
/// Health is what a component says of itself, or [#DOWN].
public record FleetStatus(
        Service coordinator,
        Service sidecar,
        List<Node> nodes,
        S3 s3,
        Catalog catalog,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Service> trino,
        @JsonProperty("data_dir") String dataDir) {

    public static final String HEALTHY = "healthy";

    /// Can't be reached.
    public static final String DOWN = "down";

    public record Service(String url, String health) {}

    /// `rows` is absent while the table isn't loaded.
    public record Node(String table, String url, String health, OptionalLong rows) {}

    public record S3(
            String endpoint,
            @JsonProperty("access_key") String accessKey,
            @JsonProperty("secret_key") String secretKey,
            String bucket,
            String health) {

        @Override
        public String toString() {
            return "S3[endpoint=%s, bucket=%s, health=%s]".formatted(endpoint, bucket, health);
        }
    }

    public record Catalog(String host, int port, String database, String user, String health) {}

    public FleetStatus {
        nodes = List.copyOf(nodes);
    }

    /// Whether every component is healthy.
    public boolean allHealthy() {
        List<String> all =
                new ArrayList<>(List.of(coordinator.health(), sidecar.health(), s3.health(), catalog.health()));
        nodes.forEach(node -> all.add(node.health()));
        trino.ifPresent(it -> all.add(it.health()));
        return all.stream().allMatch(HEALTHY::equals);
    }
}
