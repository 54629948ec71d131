package io.duckfleet.datanode.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node with room for one query, one more that waits, and small results.
@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
@TestProfile(LimitsHttpTest.SmallNode.class)
class LimitsHttpTest {

    private static final String ENDLESS =
            "SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b";

    private final ScratchDirectory nodeScratch;

    @Inject
    LimitsHttpTest(ScratchDirectory nodeScratch) {
        this.nodeScratch = nodeScratch;
    }

    @BeforeEach
    void awaitReady() {
        NodeFixture.awaitReady();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void refusesAFileOverTheLimitBeforeItAnswers(String format) {
        query("SELECT hash(range) AS h FROM range(1000000000)", format)
                .then()
                .statusCode(413)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", is("result_too_large"))
                .body("detail", containsString("1 MiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.apache.parquet", "application/vnd.apache.parquet;compression=zstd"})
    void refusesAFragmentOverTheLimitAndLeavesNothingOfIt(String accepted) {
        given().header("Accept", accepted)
                .body("{\"fragment_id\":\"large\",\"sql\":\"SELECT hash(range) AS h FROM range(1000000000)\"}")
                .post("/fragments")
                .then()
                .statusCode(413)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", is("result_too_large"));

        await(() -> filesLeft() == 0);
    }

    private long filesLeft() {
        try (Stream<Path> files = Files.walk(nodeScratch.path())) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "text", "arrow"})
    void refusesSoManyRowsThatTheyMustBeOverTheLimit(String format) {
        query("SELECT range AS n FROM range(1100000)", format)
                .then()
                .statusCode(413)
                .body("code", is("result_too_large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "text", "arrow"})
    void breaksAResultOffThatOutgrowsTheLimit(String format) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        try (Socket socket = post("SELECT hash(range) AS h FROM range(500000)", format)) {
            assertThatThrownBy(() -> socket.getInputStream().transferTo(received))
                    .isInstanceOf(SocketException.class);
        }

        assertThat(received.toString(StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("result_too_large")
                .doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void failsAQueryAloneThatExhaustsTheMemory() {
        query("SELECT list(range) AS l FROM range(1000000000)", "json")
                .then()
                .statusCode(413)
                .body("code", is("memory_limit"));
        query("SELECT range AS a, range AS b FROM range(100000000000)", "json")
                .then()
                .statusCode(413)
                .body("code", is("memory_limit"));

        query("SELECT 1 AS one", "json").then().statusCode(200).body("results[0].one", is(1));
        given().get("/health/live").then().statusCode(200);
    }

    @Test
    void refusesMoreThanMayWaitAndStopsWhatNobodyWaitsForAnyMore() throws IOException {
        try (Socket running = post(ENDLESS, "json");
                Socket waiting = post(ENDLESS, "json")) {
            await(() -> fragment().statusCode() == 429);

            assertThat(fragment().header("Retry-After")).isEqualTo("1");
            Response refused = query("SELECT 1 AS one", "json");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.<String>path("code")).isEqualTo("overloaded");
            assertThat(running.isConnected() && waiting.isConnected()).isTrue();
        }

        await(() -> fragment().statusCode() == 200);
        assertThat(given().get("/metrics").asString()).contains("duckfleet_node_queries_refused_total");
    }

    /// Refused at once, or answered, or out of time while it waits for its turn: never waiting for long.
    private static Response fragment() {
        return given().body("{\"fragment_id\":\"short\",\"sql\":\"SELECT 1 AS one\",\"deadline_ms\":500}")
                .post("/fragments");
    }

    private static Response query(String sql, String format) {
        return given().contentType("application/json")
                .body(Map.of("query", sql))
                .post("/query?format=" + format);
    }

    /// Sends a query and doesn't wait for the answer.
    private static Socket post(String sql, String format) throws IOException {
        String body = "{\"query\":\"%s\"}".formatted(sql);
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.getOutputStream()
                .write("POST /query?format=%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(format, body.length(), body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void await(BooleanSupplier condition) {
        Instant patience = Instant.now().plus(Duration.ofSeconds(50));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(patience);
        }
    }

    /// Small limits.
    public static final class SmallNode implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "duckfleet.node.max-running", "1",
                    "duckfleet.node.max-waiting", "1",
                    "duckfleet.node.max-result", "1M",
                    "duckfleet.node.max-fragment", "1M",
                    "duckfleet.node.max-spill", "50M",
                    "duckfleet.node.memory-limit", "200MB");
        }
    }
}
