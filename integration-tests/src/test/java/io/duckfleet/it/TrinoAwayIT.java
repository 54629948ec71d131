package io.duckfleet.it;

import static io.duckfleet.it.SmallLake.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.local.SampleTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `"engine": "trino"` where no Trino is: refused in words, within the deadline, and without asking anybody
/// where the text alone says that it can't be. `TrinoIT` asks a real one.
class TrinoAwayIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    /// Takes connections and never says a word.
    private static ServerSocket silent;

    private static OwnCoordinator nowhere;
    private static OwnCoordinator hanging;

    @BeforeAll
    static void start() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Map<String, Object> tables = Map.of(
                "airports",
                Map.of(
                        "url",
                        "http://127.0.0.1",
                        "port",
                        fleet.local().node(SampleTable.AIRPORTS).getPort(),
                        "table_name",
                        "airports"));
        nowhere = OwnCoordinator.over(tables, Map.of("TRINO_URL", "http://127.0.0.1:" + ChildService.freePort()));
        hanging = OwnCoordinator.over(Map.of(), Map.of("TRINO_URL", "http://127.0.0.1:" + silent.getLocalPort()));
    }

    @AfterAll
    static void stop() throws IOException {
        nowhere.close();
        hanging.close();
        silent.close();
    }

    @Test
    void saysWhatToSetWhereNoneIsConfigured() {
        HttpResponse<String> answer = fleet.post(
                fleet.local().coordinator().resolve("/query"), "{\"query\": \"SELECT 1\", \"engine\": \"trino\"}");

        assertThat(problem(answer, 503, "trino_not_configured").path("detail").asText())
                .contains("TRINO_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/query", "/explain"})
    void namesTheTrinoThatCantBeReached(String path) {
        JsonNode problem = problem(ask(nowhere, path, Map.of("query", "SELECT 7/2")), 502, "trino_unreachable");

        assertThat(problem.path("detail").asText()).contains("http://127.0.0.1:", "TRINO_URL");
        JsonNode entry = entry(nowhere, "SELECT 7/2").orElseThrow();
        assertThat(entry.path("state").asText()).isEqualTo("failed");
        assertThat(entry.path("error").asText()).contains("TRINO_URL");
        assertThat(entry.path("engine").asText()).isEqualTo("trino");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM airports",
                "SELECT count(*) FROM t JOIN \"airports\" USING (id)",
                "WITH a AS (SELECT * FROM AIRPORTS) SELECT * FROM a"
            })
    void refusesTablesOfNodes(String sql) {
        assertThat(problem(ask(nowhere, "/query", Map.of("query", sql)), 400, "unknown_table")
                        .path("detail")
                        .asText())
                .containsIgnoringCase("airports is on a data node")
                .contains("tables of the lake alone");
    }

    @Test
    void refusesWhatDoesntRead() {
        problem(ask(nowhere, "/query", Map.of("query", "DROP TABLE t")), 400, "not_a_select");
        problem(ask(nowhere, "/explain", Map.of("query", "INSERT INTO t SELECT 1")), 400, "not_a_select");
    }

    @Test
    void refusesParameters() {
        JsonNode problem = problem(
                ask(nowhere, "/query", Map.of("query", "SELECT ?", "parameters", new int[] {1})),
                422,
                "invalid_request");

        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo("parameters");
    }

    @Test
    void endsAtItsDeadlineWhenTrinoIsSilent() {
        problem(ask(hanging, "/query", Map.of("query", "SELECT 1", "timeout_ms", 300)), 504, "deadline");
    }

    @Test
    void isToldAmongTheServices() {
        JsonNode services = nowhere.get("/fleet").path("services");

        JsonNode trino = services.path(services.size() - 1);
        assertThat(trino.path("service").asText()).isEqualTo("trino");
        assertThat(trino.path("health").asText()).isEqualTo("unreachable");
        assertThat(trino.path("reason").asText()).contains("no answer");
    }

    @Test
    void canBeCancelledWhileTrinoIsSilent() {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> ask(hanging, "/query", Map.of("query", "SELECT 2")));
        Await.until(
                "the query runs",
                () -> entry(hanging, "SELECT 2")
                        .filter(entry -> entry.path("state").asText().equals("running"))
                        .isPresent());
        String id = entry(hanging, "SELECT 2").orElseThrow().path("query_id").asText();

        Http.delete(hanging.at("/queries/" + id));

        problem(answer.join(), 409, "cancelled");
    }

    private static HttpResponse<String> ask(OwnCoordinator coordinator, String path, Map<String, Object> body) {
        Map<String, Object> whole = new HashMap<>(body);
        whole.put("engine", "trino");
        return Http.post(coordinator.at(path), Json.write(whole));
    }

    private static Optional<JsonNode> entry(OwnCoordinator coordinator, String sql) {
        return StreamSupport.stream(coordinator.get("/queries").path("queries").spliterator(), false)
                .filter(entry -> entry.path("query").asText().equals(sql))
                .findFirst();
    }
}
