package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What has come from a node is kept for later queries until the node loads again.
class FragmentCacheIT {

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    private static OwnCoordinator coordinator;

    @BeforeAll
    static void start() {
        coordinator = OwnCoordinator.over(nodes.tables(), Map.of());
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    @Test
    void bringsTheSameOnce() {
        String sql = "SELECT count(*) AS n FROM halves a JOIN second b USING (id) WHERE a.weight < 7";
        JsonNode first = query(sql);
        int asked = nodes.early().fragments();
        double hits = coordinator.metric("duckfleet_coordinator_fragment_cache_hits_total");

        JsonNode second = query(sql);

        assertThat(second.path("results")).isEqualTo(first.path("results"));
        assertThat(first.path("nodes").findValuesAsText("cached")).containsOnly("false");
        assertThat(second.path("nodes").findValuesAsText("cached")).contains("true");
        assertThat(nodes.early().fragments()).isEqualTo(asked);
        assertThat(coordinator.metric("duckfleet_coordinator_fragment_cache_hits_total"))
                .isGreaterThan(hits);
        assertThat(coordinator.metric("duckfleet_coordinator_fragment_cache_bytes"))
                .isPositive();
        assertThat(coordinator.metric("duckfleet_coordinator_scratch_files")).isZero();
    }

    @Test
    void isShownByExplain() {
        String sql = "SELECT id FROM first WHERE weight < 9";
        query(sql);

        String plan = Http.post(coordinator.at("/explain"), Json.write(Map.of("query", sql, "analyze", true)))
                .body();

        assertThat(Json.read(plan).path("fragments").findValuesAsText("cached")).containsExactly("true");
    }

    @Test
    void isBypassedByThoseWhoAsk() {
        String sql = "SELECT max(id) AS n FROM first WHERE weight < 11";
        query(sql);
        int asked = nodes.early().fragments();

        HttpRequest.Builder fresh = HttpRequest.newBuilder(coordinator.at("/query"))
                .header("Content-Type", "application/json")
                .header("Cache-Control", "no-cache")
                .POST(HttpRequest.BodyPublishers.ofString(Json.object("query", sql)));
        JsonNode answer = Json.read(Http.send(fresh).body());

        assertThat(answer.path("nodes").findValuesAsText("cached")).containsExactly("false");
        assertThat(nodes.early().fragments()).isEqualTo(asked + 1);
    }

    @Test
    void endsWithAReload() {
        nodes.shipments().put("changing", Shipments.rows(0, 100));
        try (ChildService node = nodes.shipments()
                        .node("changing", ChildService.freePort())
                        .awaitReady();
                OwnCoordinator own = OwnCoordinator.over(
                        Map.of("changing", OwnCoordinator.node(node.port())),
                        Map.of("DUCKFLEET_COORDINATOR_WATCH_INTERVAL", "1H"))) {
            List<String> before = List.of(count(own), count(own));
            nodes.shipments().put("changing", Shipments.rows(0, 120));
            Http.post(node.at("/reload"), "");
            Await.until("the node has loaded again", () -> rowsAt(node.at("/metadata")) == 120);

            String after = count(own);

            assertThat(before).containsOnly("{\"n\":100}\n");
            assertThat(after).isEqualTo("{\"n\":120}\n");
        }
    }

    private static String count(OwnCoordinator own) {
        return own.query("SELECT count(*) AS n FROM changing").body();
    }

    private static long rowsAt(URI metadata) {
        return Json.read(Http.get(metadata).body()).path("row_count").asLong();
    }

    private static JsonNode query(String sql) {
        return Json.read(
                Http.post(coordinator.at("/query"), Json.object("query", sql)).body());
    }
}
