package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.it.FaultProxy.Fault;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a node does, its queries end in time with the right error, and the next query works.
class FaultsIT {

    private static final String COUNT = "SELECT count(*) AS n, sum(weight) AS w FROM first";
    private static final String COUNTED = "{\"n\":5000,\"w\":1248750.0}\n";

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    @AfterEach
    void theNextQueryWorks() {
        nodes.early().fault(Fault.NONE);

        assertThat(nodes.coordinator().query("SELECT count(*) AS n FROM spare").body())
                .isEqualTo("{\"n\":5000}\n");
        Await.until(
                "the table answers again",
                () -> nodes.coordinator().query(COUNT).body().equals(COUNTED));
    }

    @Test
    void aNodeThatIsDownFromTheStartIsNamed() {
        int port = ChildService.freePort();
        Map<String, Object> tables = new HashMap<>(nodes.tables());
        tables.put("never", OwnCoordinator.node(port));
        nodes.coordinator().useTables(tables);
        Await.until(
                "the table is listed", () -> nodes.coordinator().table("never").isPresent());

        JsonNode problem = problem(nodes.coordinator().query("FROM never"), 502, "node_unreachable");

        assertThat(problem.path("detail").asText())
                .contains("\"never\"")
                .contains("http://127.0.0.1:" + port)
                .contains("since 20");
        assertThat(nodes.coordinator().query("SELECT count(*) AS n FROM spare").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BREAK_BEFORE", "BREAK_WITHIN", "GARBAGE", "NO_HTTP"})
    void aBrokenAnswerIsTheNodesFault(Fault fault) {
        nodes.early().fault(fault);

        JsonNode problem = problem(nodes.coordinator().query(COUNT), 502, "node_unreachable");

        assertThat(problem.path("detail").asText())
                .contains("\"first\"")
                .contains("http://127.0.0.1:" + nodes.early().port());
    }

    @Test
    void aConnectionThatBreaksOnceIsTriedAgain() {
        int before = nodes.early().fragments();
        nodes.early().faultOnce(Fault.BREAK_WITHIN);

        assertThat(nodes.coordinator().query(COUNT).body()).isEqualTo(COUNTED);
        assertThat(nodes.early().fragments() - before).isEqualTo(2);
    }

    @Test
    void aNodeThatHangsMeetsTheDeadline() {
        nodes.early().fault(Fault.HANG);
        long start = System.nanoTime();

        JsonNode problem = problem(nodes.coordinator().query(COUNT, 1_500), 504, "deadline");

        assertThat(problem.path("detail").asText()).contains("1500 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_400));
        Await.until("the connection is given up", () -> nodes.early().hanging() == 0);
    }

    @Test
    void aSlowAnswerIsWaitedForUntilTheDeadline() {
        nodes.early().fault(Fault.SLOW);

        assertThat(nodes.coordinator()
                        .query("SELECT count(*) AS n FROM first", 60_000)
                        .body())
                .isEqualTo("{\"n\":5000}\n");
        problem(nodes.coordinator().query("SELECT * FROM first", 300), 504, "deadline");
    }

    @Test
    void cancellingReachesTheNode() {
        nodes.early().fault(Fault.HANG);
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> nodes.coordinator().query(COUNT));
        Await.until("the fragment is at the node", () -> nodes.early().hanging() == 1);
        String id = nodes.coordinator()
                .get("/queries")
                .path("queries")
                .path(0)
                .path("query_id")
                .asText();

        Http.delete(nodes.coordinator().at("/queries/" + id));

        problem(answer.join(), 409, "cancelled");
        Await.until("the connection is closed", () -> nodes.early().hanging() == 0);
    }

    @Test
    void aNodeThatIsKilledIsNamedAndBackWithOtherColumnsItIsReadWithThese() {
        Shipments shipments = nodes.shipments();
        shipments.put("changing", Shipments.rows(0, 100));
        int port = ChildService.freePort();
        Map<String, Object> tables = new HashMap<>(nodes.tables());
        tables.put("changing", OwnCoordinator.node(port));
        try (ChildService first = shipments.node("changing", port).awaitReady()) {
            nodes.coordinator().useTables(tables);
            Await.until(
                    "the table answers",
                    () -> nodes.coordinator()
                                    .query("SELECT max(weight) AS w FROM changing")
                                    .statusCode()
                            == 200);
            first.kill();
        }

        JsonNode problem =
                problem(nodes.coordinator().query("SELECT max(weight) FROM changing"), 502, "node_unreachable");
        assertThat(problem.path("detail").asText())
                .contains("http://127.0.0.1:" + port)
                .contains("since 20");

        shipments.put("changing", "id,colour\n1,red\n2,blue\n");
        try (ChildService second = shipments.node("changing", port)) {
            second.awaitReady();

            HttpResponse<String> answer = nodes.coordinator().query("SELECT max(weight) FROM changing");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("unknown_column");
            assertThat(nodes.coordinator()
                            .query("SELECT colour FROM changing ORDER BY id")
                            .body())
                    .isEqualTo("{\"colour\":\"red\"}\n{\"colour\":\"blue\"}\n");
        }
    }

    @Test
    void aNodeThatLoadsAgainBetweenPlanAndFetchIsPlannedAnew() {
        int port = nodes.nodes().getFirst().port();
        nodes.early().beforeNextFragment(() -> reload(port));

        assertThat(nodes.coordinator().query(COUNT).body()).isEqualTo(COUNTED);
    }

    @Test
    void aShardThatLoadsAgainWhileAnotherIsFetchedIsPlannedAnew() {
        int port = nodes.nodes().getFirst().port();
        nodes.late().beforeNextFragment(() -> reload(port));

        assertThat(nodes.coordinator().query("SELECT count(*) AS n FROM halves").body())
                .isEqualTo("{\"n\":10000}\n");
    }

    private static void reload(int port) {
        String version = version(port);
        Http.post(URI.create("http://127.0.0.1:%d/reload".formatted(port)), "");
        Await.until("the node has loaded again", () -> !version(port).equals(version));
    }

    private static String version(int port) {
        return Json.read(Http.get(URI.create("http://127.0.0.1:%d/metadata".formatted(port)))
                        .body())
                .path("table_version")
                .asText();
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }
}
