package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The keys of the side that turns out small go to the nodes of the large one before these answer.
class SemiJoinsIT {

    private static final String SELECTIVE =
            "SELECT count(*) AS n, sum(h.weight) AS w FROM second s JOIN halves h USING (id) WHERE s.place = 'airport 1'";
    private static final String CHAIN =
            "SELECT count(*) AS n FROM second s JOIN halves h USING (id) JOIN spare p ON p.place = h.place WHERE s.place = 'airport 1'";

    private static final String MEMBERS =
            "SELECT count(*) AS n, sum(weight) AS w FROM halves WHERE id IN (SELECT id FROM second WHERE place = 'airport 1')";

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    private static OwnCoordinator with;
    private static OwnCoordinator without;

    @BeforeAll
    static void start() {
        with = OwnCoordinator.over(nodes.tables(), Map.of("DUCKFLEET_COORDINATOR_SEMI_JOIN_FROM", "1"));
        without = OwnCoordinator.over(nodes.tables(), Map.of("DUCKFLEET_COORDINATOR_SEMI_JOIN", "false"));
    }

    @AfterAll
    static void stop() {
        with.close();
        without.close();
    }

    @Test
    void bringOnlyTheRowsThatMeetAKey() {
        JsonNode reduced = answer(with, SELECTIVE);
        JsonNode whole = answer(without, SELECTIVE);

        assertThat(reduced.path("results")).isEqualTo(whole.path("results"));
        assertThat(rowsOf("halves", reduced)).isEqualTo(5);
        assertThat(rowsOf("halves", whole)).isEqualTo(10_000);
    }

    @Test
    void goFromTableToTable() {
        JsonNode reduced = answer(with, CHAIN);

        assertThat(reduced.path("results")).isEqualTo(answer(without, CHAIN).path("results"));
        assertThat(rowsOf("halves", reduced)).isEqualTo(5);
        assertThat(rowsOf("spare", reduced)).isEqualTo(5);
    }

    @Test
    void goOutOfSubqueries() {
        JsonNode reduced = answer(with, MEMBERS);

        assertThat(reduced.path("results")).isEqualTo(answer(without, MEMBERS).path("results"));
        assertThat(rowsOf("halves", reduced)).isEqualTo(5);
    }

    @Test
    void areShownByExplain() {
        JsonNode planned = explain(Map.of("query", SELECTIVE)).path("fragments");
        JsonNode run = explain(Map.of("query", SELECTIVE, "analyze", true)).path("fragments");

        assertThat(planned.findValuesAsText("by")).contains("second.id").doesNotContain("keys");
        assertThat(run.findValuesAsText("by")).containsExactly("second.id", "second.id");
        assertThat(run.findValuesAsText("keys")).containsExactly("5 keys", "5 keys");
        assertThat(run.findValuesAsText("estimated_rows")).contains("10000");
    }

    @Test
    void leaveNoFile() {
        answer(with, CHAIN);

        Await.until("the files are gone", () -> with.metric("duckfleet_coordinator_scratch_files") == 0);
    }

    private static JsonNode answer(OwnCoordinator coordinator, String sql) {
        return Json.read(
                Http.post(coordinator.at("/query"), Json.object("query", sql)).body());
    }

    private static JsonNode explain(Map<String, Object> body) {
        return Json.read(Http.post(with.at("/explain"), Json.write(body)).body());
    }

    private static long rowsOf(String table, JsonNode answer) {
        long rows = 0;
        for (JsonNode node : answer.path("nodes")) {
            rows += node.path("table").asText().equals(table)
                    ? node.path("rows").asLong()
                    : 0;
        }
        return rows;
    }
}
