package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A node with several tables: what concerns these alone is done there, whole.
class SeveralTablesOfANodeIT {

    private static final String JOIN =
            "SELECT p.city, count(*) AS n, sum(g.weight) AS w FROM goods g JOIN airfields p ON g.place = p.place"
                    + " WHERE p.city <> 'city 1' GROUP BY ALL ORDER BY ALL";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static Shipments shipments;
    private static ChildService both;
    private static ChildService alone;
    private static OwnCoordinator coordinator;

    @BeforeAll
    static void start() {
        shipments = new Shipments(fleet.local());
        shipments.put("goods", goods(3));
        shipments.put("places", "place,city\nairport 0,city 0\nairport 1,city 1\nairport 2,city 2\n");
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("goods", "goods");
        keys.put("places", "places");
        both = shipments.node(keys, ChildService.freePort()).awaitReady();
        alone = shipments
                .node(Map.of("places", "places"), ChildService.freePort())
                .awaitReady();
        coordinator = OwnCoordinator.over(
                Map.of(
                        "goods", entry(both, "goods"),
                        "airfields", entry(both, "places"),
                        "elsewhere", entry(alone, "places"),
                        "missing", entry(both, "no_such_table")),
                Map.of());
    }

    @AfterAll
    static void stop() {
        coordinator.close();
        both.close();
        alone.close();
    }

    /// 300 rows of as many places, evenly.
    private static String goods(int places) {
        StringBuilder csv = new StringBuilder("id,place,weight\n");
        for (int i = 0; i < 300; i++) {
            csv.append("%d,airport %d,%d.25%n".formatted(i, i % places, (i * 7) % 500));
        }
        return csv.toString();
    }

    private static Map<String, Object> entry(ChildService node, String table) {
        return Map.of("url", "http://127.0.0.1", "port", node.port(), "table_name", table);
    }

    @Test
    void joinsThereAndBringsTheAnswerAlone() {
        JsonNode answer = answer(JOIN);
        JsonNode split = answer(JOIN.replace("airfields", "elsewhere"));

        assertThat(answer.path("results")).isEqualTo(split.path("results"));
        assertThat(answer.path("results").findValuesAsText("n")).containsExactly("100", "100");
        assertThat(answer.path("source_tables")).hasToString("[\"goods\",\"airfields\"]");
        assertThat(answer.path("nodes").size()).isEqualTo(1);
        assertThat(answer.path("nodes").path(0).path("table").asText()).isEqualTo("goods, airfields");
        assertThat(answer.path("nodes").path(0).path("rows").asLong()).isEqualTo(2);
        assertThat(split.path("nodes").size()).isEqualTo(2);
    }

    @Test
    void showsItInThePlan() {
        JsonNode plan = Json.read(Http.post(coordinator.at("/explain"), Json.object("query", JOIN))
                .body());

        assertThat(plan.path("plan").asText()).contains("whole query at the node of goods, airfields");
        assertThat(plan.path("fragments").path(0).path("sql").asText())
                .contains("WITH \"airfields\" AS NOT MATERIALIZED (FROM \"places\")")
                .contains(JOIN);
    }

    @Test
    void listsEachTableOfTheNode() {
        assertThat(coordinator.table("goods").orElseThrow().path("rows").asLong())
                .isEqualTo(300);
        assertThat(coordinator.table("airfields").orElseThrow().path("rows").asLong())
                .isEqualTo(3);
        assertThat(coordinator.get("/health").path("problems").toString())
                .contains("has no table \\\"no_such_table\\\"");
    }

    @Test
    void answersFromOneLoadOfAllTables() {
        shipments.put("goods", goods(1));

        int status = Http.post(both.at("/reload"), "").statusCode();
        JsonNode after = answer("SELECT city, count(*) AS n FROM goods JOIN airfields USING (place) GROUP BY ALL");
        shipments.put("goods", goods(3));
        Http.post(both.at("/reload"), "");
        JsonNode before = answer("SELECT count(DISTINCT city) AS n FROM goods JOIN airfields USING (place)");

        assertThat(status).isEqualTo(200);
        assertThat(after.path("results")).hasToString("[{\"city\":\"city 0\",\"n\":300}]");
        assertThat(before.path("results")).hasToString("[{\"n\":3}]");
    }

    private static JsonNode answer(String sql) {
        return Json.read(
                Http.post(coordinator.at("/query"), Json.object("query", sql)).body());
    }
}
