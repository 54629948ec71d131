package io.duckfleet.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.CatalogDatabase;
import io.duckfleet.cli.local.storage.StorageCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Asks every component of a fleet how it is, all at once, none for longer than three seconds.
final class StatusProbe {

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final LocalFleetSettings settings;
    private final StorageCredentials credentials;
    private final JsonClient http;

    StatusProbe(LocalFleetSettings settings, StorageCredentials credentials, JsonClient http) {
        this.settings = settings;
        this.credentials = credentials;
        this.http = http;
    }

    FleetStatus ask() {
        PortLayout ports = settings.ports();
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            CompletableFuture<FleetStatus.Service> coordinator =
                    CompletableFuture.supplyAsync(() -> service(ports.coordinator()), executor);
            CompletableFuture<FleetStatus.Service> sidecar =
                    CompletableFuture.supplyAsync(() -> service(ports.sidecar()), executor);
            List<CompletableFuture<List<FleetStatus.Node>>> nodes = settings.nodes().stream()
                    .map(node -> CompletableFuture.supplyAsync(() -> tables(node), executor))
                    .toList();
            return new FleetStatus(
                    coordinator.join(),
                    sidecar.join(),
                    nodes.stream().flatMap(tables -> tables.join().stream()).toList(),
                    s3(),
                    catalog(),
                    settings.trino().map(_ -> trino()),
                    settings.data().root().toString());
        }
    }

    private FleetStatus.Service service(int port) {
        URI address = FleetServices.address(port);
        return new FleetStatus.Service(address.toString(), health(address));
    }

    private List<FleetStatus.Node> tables(FleetNode node) {
        URI address = FleetServices.address(node.port());
        String health = health(address);
        return node.tables().stream()
                .map(table -> new FleetStatus.Node(
                        table.name(), address.toString(), health, rows(address, table.nameOnNode())))
                .toList();
    }

    /// What the service says; one that answers with something else than JSON is unknown to us.
    private String health(URI address) {
        try {
            return http.get(address.resolve("/health"), DEADLINE)
                    .body()
                    .path("status")
                    .asText("unknown");
        } catch (IOException e) {
            return FleetStatus.DOWN;
        }
    }

    private FleetStatus.Service trino() {
        URI address = FleetServices.address(settings.ports().trino());
        try {
            JsonNode info = http.get(address.resolve("/v1/info"), DEADLINE).body();
            return new FleetStatus.Service(
                    address.toString(), info.path("starting").asBoolean(true) ? "starting" : FleetStatus.HEALTHY);
        } catch (IOException e) {
            return new FleetStatus.Service(address.toString(), FleetStatus.DOWN);
        }
    }

    private OptionalLong rows(URI address, String table) {
        try {
            JsonNode count = http.get(address.resolve("/metadata?table=" + table), DEADLINE)
                    .body()
                    .path("row_count");
            return count.isNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private FleetStatus.S3 s3() {
        return new FleetStatus.S3(
                FleetServices.address(settings.ports().s3()).toString(),
                credentials.s3AccessKey(),
                credentials.s3SecretKey(),
                FleetServices.LAKE_BUCKET,
                listening(settings.ports().s3()));
    }

    private FleetStatus.Catalog catalog() {
        return new FleetStatus.Catalog(
                FleetServices.HOST,
                settings.ports().postgres(),
                CatalogDatabase.DATABASE,
                CatalogDatabase.USER,
                listening(settings.ports().postgres()));
    }

    private static String listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
            return FleetStatus.HEALTHY;
        } catch (IOException e) {
            return FleetStatus.DOWN;
        }
    }
}
