package io.duckfleet.sidecar.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.lake.LakeSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real Trino with one catalog, `iceberg`, that is the mirror of a lake.
final class TrinoServer implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(8);
    private static final Duration LONGEST_QUERY = Duration.ofMinutes(4);

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private TrinoServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// Starts the server that is unpacked in `home`, and waits until it answers.
    static TrinoServer start(Path home, LakeSettings lake) throws Exception {
        Path directory = Files.createTempDirectory("duckfleet-trino");
        int port = freePort();
        configure(directory, home, lake, port);
        Path log = directory.resolve("trino.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1500m",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-Dconfig=etc/config.properties",
                        "-Dnode.environment=test",
                        "-Dnode.data-dir=" + directory.resolve("data"),
                        "-cp",
                        home.resolve("lib") + "/*",
                        "io.trino.server.TrinoServer")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TrinoServer server = new TrinoServer(process, port, log);
        server.awaitStart();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void configure(Path directory, Path home, LakeSettings lake, int port) throws IOException {
        Path catalogs = Files.createDirectories(directory.resolve("etc").resolve("catalog"));
        Files.writeString(
                directory.resolve("etc").resolve("config.properties"), """
                coordinator=true
                node-scheduler.include-coordinator=true
                http-server.http.port=%1$d
                discovery.uri=http://127.0.0.1:%1$d
                catalog.config-dir=etc/catalog
                plugin.dir=%2$s
                """.formatted(port, home.resolve("plugin")));
        Files.writeString(catalogs.resolve("iceberg.properties"), """
                connector.name=iceberg
                iceberg.catalog.type=jdbc
                iceberg.jdbc-catalog.catalog-name=lake
                iceberg.jdbc-catalog.driver-class=org.postgresql.Driver
                iceberg.jdbc-catalog.connection-url=%s?currentSchema=%s
                iceberg.jdbc-catalog.connection-user=%s
                iceberg.jdbc-catalog.connection-password=%s
                iceberg.jdbc-catalog.default-warehouse-dir=%s
                iceberg.jdbc-catalog.schema-version=V1
                iceberg.security=READ_ONLY
                fs.native-s3.enabled=true
                s3.endpoint=%s
                s3.region=%s
                s3.path-style-access=true
                s3.aws-access-key=%s
                s3.aws-secret-key=%s
                """.formatted(
                        lake.catalog().jdbcUrl(),
                        lake.catalog().schema(),
                        lake.catalog().user(),
                        lake.catalog().password(),
                        lake.dataPath(),
                        lake.s3().endpoint(),
                        lake.s3().region(),
                        lake.s3().accessKey(),
                        lake.s3().secretKey()));
    }

    private void awaitStart() throws Exception {
        Instant end = Instant.now().plus(LONGEST_START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new IllegalStateException("Trino hasn't started: " + Files.readString(log));
            }
            boolean _ = process.waitFor(1, TimeUnit.SECONDS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return !json(HttpRequest.newBuilder(address("/v1/info")).build())
                    .path("starting")
                    .asBoolean(true);
        } catch (IOException e) {
            return false;
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? MAPPER.readTree(answer.body()) : MAPPER.createObjectNode();
    }

    /// The rows of a query, each as its values with blanks between.
    List<String> query(String sql) throws Exception {
        HttpRequest first = HttpRequest.newBuilder(address("/v1/statement"))
                .header("X-Trino-User", "test")
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        List<String> rows = new ArrayList<>();
        Instant end = Instant.now().plus(LONGEST_QUERY);
        JsonNode page = json(first);
        while (page.has("nextUri") && Instant.now().isBefore(end)) {
            page = json(HttpRequest.newBuilder(URI.create(page.path("nextUri").asText()))
                    .header("X-Trino-User", "test")
                    .build());
            page.path("data").forEach(row -> {
                List<String> values = new ArrayList<>();
                row.forEach(value -> values.add(value.asText()));
                rows.add(String.join(" ", values));
            });
        }
        if (page.has("error") || page.has("nextUri")) {
            throw new IllegalStateException(
                    sql + ": " + page.path("error").path("message").asText("not in time"));
        }
        return rows;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
