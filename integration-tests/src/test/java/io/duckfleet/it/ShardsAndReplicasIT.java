package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.it.FaultProxy.Fault;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A table on several nodes is one table: its shards are united, its replicas stand in for one another.
class ShardsAndReplicasIT {

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    @Test
    void uniteShards() {
        assertThat(rows("SELECT count(*) AS n, min(id) AS a, max(id) AS b, sum(weight) AS w FROM halves"))
                .isEqualTo("{\"n\":10000,\"a\":0,\"b\":9999,\"w\":2497500.0}\n");
    }

    @Test
    void keepTheOrderOfTheShards() {
        String all = rows("SELECT id FROM halves");

        assertThat(all).isEqualTo(numbers(LongStream.range(0, 10_000)));
        assertThat(rows("SELECT id FROM halves LIMIT 3")).isEqualTo(numbers(LongStream.range(0, 3)));
        assertThat(rows("SELECT id FROM halves LIMIT 4 OFFSET 4998")).isEqualTo(numbers(LongStream.range(4998, 5002)));
    }

    @Test
    void pushPredicatesToEachShard() {
        JsonNode answer = Json.read(Http.post(
                        nodes.coordinator().at("/query"),
                        Json.object("query", "SELECT id FROM halves WHERE id BETWEEN 4999 AND 5001"))
                .body());

        assertThat(answer.path("results").findValuesAsText("id")).containsExactly("4999", "5000", "5001");
        assertThat(answer.path("nodes").findValuesAsText("rows")).containsExactly("1", "2");
        assertThat(answer.path("source_tables")).hasToString("[\"halves\"]");
    }

    @Test
    void makeGroupsOfTheirOwnThatAreCombined() {
        String sql = "SELECT count(*) AS n, min(id) AS a, max(place) AS p FROM halves WHERE id >= 10";

        JsonNode answer = Json.read(Http.post(nodes.coordinator().at("/query"), Json.object("query", sql))
                .body());
        JsonNode plan = Json.read(Http.post(nodes.coordinator().at("/explain"), Json.object("query", sql))
                .body());

        assertThat(answer.path("results")).hasToString("[{\"n\":9990,\"a\":10,\"p\":\"airport 999\"}]");
        assertThat(answer.path("nodes").findValuesAsText("rows")).containsExactly("1", "1");
        assertThat(plan.path("query").asText()).isEqualTo(sql);
        assertThat(plan.path("plan").asText()).contains("groups at the shards of halves");
    }

    @Test
    void tellOfAnErrorInAValueWhatOneDuckDbTells() {
        HttpResponse<String> answer = nodes.coordinator().query("SELECT count(*) FROM halves WHERE place::INTEGER > 1");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("detail").asText())
                .contains("Could not convert string 'airport")
                .doesNotContain("data node");
    }

    @Test
    void joinShardsWithReplicas() {
        assertThat(rows("SELECT count(*) AS n FROM halves JOIN second USING (id) JOIN spare USING (id)"))
                .isEqualTo("{\"n\":5000}\n");
    }

    @Test
    void refuseShardsWithOtherColumns() {
        nodes.shipments().put("other", "id,colour\n1,red\n");
        try (ChildService other =
                nodes.shipments().node("other", ChildService.freePort()).awaitReady()) {
            Map<String, Object> tables = new HashMap<>(nodes.tables());
            tables.put("mixed", OwnCoordinator.nodes("shards", nodes.early().port(), other.port()));
            nodes.coordinator().useTables(tables);
            awaitHealth("mixed", "shards_differ");

            HttpResponse<String> answer = nodes.coordinator().query("SELECT * FROM mixed");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(Json.read(answer.body()).path("detail").asText())
                    .contains("http://127.0.0.1:" + other.port())
                    .contains("colour VARCHAR");
        }
    }

    @Test
    void takeTurns() {
        int late = nodes.late().fragments();
        int copy = nodes.copy().fragments();

        for (int i = 0; i < 4; i++) {
            rows("SELECT count(*) AS n FROM second");
        }

        assertThat(nodes.late().fragments() - late).isEqualTo(2);
        assertThat(nodes.copy().fragments() - copy).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BREAK_BEFORE", "BREAK_WITHIN", "NO_HTTP"})
    void replaceAReplicaThatFails(Fault fault) {
        nodes.late().fault(fault);

        for (int i = 0; i < 4; i++) {
            assertThat(rows("SELECT count(*) AS n, sum(weight) AS w FROM second"))
                    .isEqualTo("{\"n\":5000,\"w\":1248750.0}\n");
        }
    }

    @Test
    void replaceAReplicaThatHangsWithinTheSameDeadline() {
        nodes.late().fault(Fault.HANG);

        for (int i = 0; i < 2; i++) {
            assertThat(nodes.coordinator()
                            .query("SELECT count(*) AS n FROM second", 8_000)
                            .body())
                    .isEqualTo("{\"n\":5000}\n");
        }
    }

    @Test
    void replaceAReplicaThatIsDownAndTellSo() {
        nodes.late().down();
        try {
            assertThat(rows("SELECT count(*) AS n FROM second")).isEqualTo("{\"n\":5000}\n");
            awaitHealth("second", "degraded");
            awaitHealth("halves", "node_unreachable");
            assertThat(rows("SELECT count(*) AS n FROM second")).isEqualTo("{\"n\":5000}\n");

            JsonNode table = nodes.coordinator().table("second").orElseThrow();
            assertThat(table.path("mode").asText()).isEqualTo("replicas");
            assertThat(table.path("rows").asLong()).isEqualTo(5_000);
            assertThat(table.path("nodes").findValuesAsText("health")).containsExactly("node_unreachable", "healthy");
            assertThat(nodes.coordinator().metric("duckfleet_coordinator_nodes_away"))
                    .isEqualTo(2);
        } finally {
            nodes.late().up();
        }
    }

    @Test
    void sayWhenNoReplicaIsLeft() {
        nodes.late().fault(Fault.BREAK_BEFORE);
        nodes.copy().fault(Fault.BREAK_BEFORE);

        HttpResponse<String> answer = nodes.coordinator().query("SELECT count(*) AS n FROM second");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(Json.read(answer.body()).path("detail").asText())
                .contains("none of the 2 replicas")
                .contains("127.0.0.1:" + nodes.late().port())
                .contains("127.0.0.1:" + nodes.copy().port())
                .contains("since 20");
    }

    @Test
    void areListedWithTheirRows() {
        JsonNode table = nodes.coordinator().table("halves").orElseThrow();

        assertThat(table.path("mode").asText()).isEqualTo("shards");
        assertThat(table.path("rows").asLong()).isEqualTo(10_000);
        assertThat(table.path("health").asText()).isEqualTo("healthy");
        assertThat(table.path("nodes").findValuesAsText("rows")).containsExactly("5000", "5000");
        List<String> health = nodes.coordinator().get("/health").path("nodes").findValuesAsText("table");
        assertThat(health).containsExactlyInAnyOrder("halves", "halves", "second", "second", "first", "spare");
    }

    @Test
    void comeIntoForceWhenTheConfigurationChanges() {
        double before = nodes.coordinator().metric("duckfleet_coordinator_config_changes_total");

        nodes.coordinator()
                .useTables(Map.of("renamed", OwnCoordinator.node(nodes.early().port())));
        Await.until(
                "the table is there", () -> nodes.coordinator().table("renamed").isPresent());

        assertThat(rows("SELECT count(*) AS n FROM renamed")).isEqualTo("{\"n\":5000}\n");
        assertThat(nodes.coordinator().query("FROM halves").statusCode()).isEqualTo(400);
        assertThat(nodes.coordinator().metric("duckfleet_coordinator_config_changes_total"))
                .isGreaterThan(before);
    }

    @Test
    void stayAsTheyAreWhenTheNewConfigurationIsBad() {
        nodes.coordinator().writeConfig("{\"tables\": {\n \"x\": {\"url\": \"h\", \"port\": 0}}}");
        Await.until(
                "the health says so",
                () -> nodes.coordinator()
                        .get("/health")
                        .path("problems")
                        .toString()
                        .contains("line 2: the port of table"));

        assertThat(nodes.coordinator().get("/health").path("status").asText()).isEqualTo("degraded");
        assertThat(nodes.coordinator().metric("duckfleet_coordinator_config_in_force"))
                .isZero();
        assertThat(nodes.coordinator().service().log()).contains("the configuration before stays in force");
        assertThat(rows("SELECT count(*) AS n FROM halves")).isEqualTo("{\"n\":10000}\n");
    }

    private static void awaitHealth(String table, String health) {
        Await.until(
                table + " is " + health,
                () -> nodes.coordinator()
                        .table(table)
                        .filter(found -> found.path("health").asText().equals(health))
                        .isPresent());
    }

    private static String rows(String sql) {
        HttpResponse<String> answer = nodes.coordinator().query(sql);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String numbers(LongStream ids) {
        StringBuilder lines = new StringBuilder();
        ids.forEach(id -> lines.append("{\"id\":").append(id).append("}\n"));
        return lines.toString();
    }
}
