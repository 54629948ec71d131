package io.duckfleet.datanode;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataNodeProcessIT {

    private static S3Server server;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() {
        server = S3Server.start();
        server.put("birds.csv", NodeFixture.CSV.getBytes(StandardCharsets.UTF_8));
        server.put("empty.csv", new byte[0]);
        server.put("broken.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});
        environment = Map.of(
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("http://files/birds.csv", "t", "\"http://files/birds.csv\" is no S3 location"),
                Arguments.of("s3://files/birds.csv", "no name", "\"no name\" is no table name"),
                Arguments.of("s3://files/missing.csv", "t", "s3://files/missing.csv doesn't exist"),
                Arguments.of("s3://nobucket/missing.csv", "t", "the bucket \"nobucket\" doesn't exist"),
                Arguments.of("s3://files/empty.csv", "t", "s3://files/empty.csv is empty"),
                Arguments.of("s3://files/broken.csv.gz", "t", "s3://files/broken.csv.gz is broken"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endsWithOneLineWhenItCantServe(String url, String tableName, String reason) {
        try (NodeProcess node =
                NodeProcess.start(environment, url, "--table-name", tableName, "--host", "127.0.0.1", "--port", "0")) {
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.errorLines()).singleElement().asString().startsWith("data-node: " + reason);
        }
    }

    @Test
    void endsWithCodeTwoForWrongUsage() {
        try (NodeProcess node = NodeProcess.start(environment, "s3://files/birds.csv", "--bogus")) {
            assertThat(node.awaitExit()).isEqualTo(2);
            assertThat(node.errorLines().getFirst()).contains("Unknown option: '--bogus'");
        }
    }

    @Test
    void saysWhenCredentialsAreDenied() {
        Map<String, String> wrong = Map.of(
                "AWS_ENDPOINT_URL_S3",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                "wrong");

        try (NodeProcess node =
                NodeProcess.start(wrong, "s3://files/birds.csv", "--host", "127.0.0.1", "--port", "0")) {
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.errorLines())
                    .singleElement()
                    .asString()
                    .contains("access to s3://files/birds.csv is denied");
        }
    }

    @Test
    void saysWhenItsPortIsTaken() {
        try (NodeProcess first =
                NodeProcess.start(environment, "s3://files/birds.csv", "--host", "127.0.0.1", "--port", "0")) {
            String address = first.awaitAddress();
            String port = address.substring(address.lastIndexOf(':') + 1);
            try (NodeProcess second =
                    NodeProcess.start(environment, "s3://files/birds.csv", "--host", "127.0.0.1", "--port", port)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.errorLines()).singleElement().asString().contains(port);
            }
        }
    }

    @Test
    void answersOnlyWhoShowsItsKey() {
        Map<String, String> withKey = new HashMap<>(environment);
        withKey.put("NODE_KEY", "a shared key");

        try (NodeProcess node =
                NodeProcess.start(withKey, "s3://files/birds.csv", "--host", "127.0.0.1", "--port", "0")) {
            String address = node.awaitAddress();

            assertThat(given().get(address + "/metadata").statusCode()).isEqualTo(401);
            assertThat(given().get(address + "/data").statusCode()).isEqualTo(401);
            assertThat(given().get(address + "//data").statusCode()).isEqualTo(401);
            assertThat(given().body("{}").post(address + "/fragments").statusCode())
                    .isEqualTo(401);
            assertThat(given().post(address + "/reload").statusCode()).isEqualTo(401);
            assertThat(given().header("Authorization", "Bearer wrong")
                            .get(address + "/data")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(given().header("Authorization", "Bearer a shared key")
                            .get(address + "/data")
                            .statusCode())
                    .isIn(200, 503);
            assertThat(given().get(address + "/health/live").statusCode()).isEqualTo(200);
        }
    }

    /// A hundred megabytes in each format go through a heap of 64, while the reader stops in between for
    /// another request.
    @Test
    void streamsMoreThanItsHeapToAReaderWhoTakesHisTime() throws IOException {
        Map<String, String> withSmallHeap = new HashMap<>(environment);
        withSmallHeap.put("JAVA_TOOL_OPTIONS", "-Xmx64m");
        try (NodeProcess node =
                NodeProcess.start(withSmallHeap, "s3://files/birds.csv", "--host", "127.0.0.1", "--port", "0")) {
            String address = node.awaitAddress();
            NodeProcess.awaitReady(address);

            for (String format : List.of("json", "ndjson", "csv", "text", "arrow")) {
                assertThat(streamed(address, format)).as(format).isGreaterThan(100L << 20);
            }
            assertThat(streamed(address, "parquet")).isGreaterThan(50L << 20);
        }
    }

    /// The bytes of a large result.
    private static long streamed(String address, String format) throws IOException {
        String sql = """
                SELECT range AS n, string_agg(md5((range * 50 + k)::VARCHAR), '') AS t
                FROM range(70000), range(50) r(k) GROUP BY n""".replace('\n', ' ');
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(address + "/query?format=" + format).toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write("{\"query\":\"%s\"}".formatted(sql).getBytes(StandardCharsets.UTF_8));
        try (InputStream in = connection.getInputStream()) {
            long bytes = in.readNBytes(1 << 20).length;
            assertThat(given().get(address + "/data").statusCode()).isEqualTo(200);
            return bytes + in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
