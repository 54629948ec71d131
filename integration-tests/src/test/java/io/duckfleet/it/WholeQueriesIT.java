package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A statement whose tables are all at one node is run there, and only its answer travels.
class WholeQueriesIT {

    private static final String COUNT = "SELECT place, count(*) AS n FROM first GROUP BY place ORDER BY place LIMIT 2";
    private static final String COUNTED = "{\"place\":\"airport 0\",\"n\":5}\n{\"place\":\"airport 1\",\"n\":5}\n";

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    @BeforeEach
    void nameATableTwice() {
        Map<String, Object> tables = new HashMap<>(nodes.tables());
        tables.put("again", OwnCoordinator.node(nodes.early().port()));
        nodes.coordinator().useTables(tables);
        Await.until(
                "the table is listed", () -> nodes.coordinator().table("again").isPresent());
    }

    @Test
    void bringTheAnswerAlone() {
        JsonNode answer = Json.read(Http.post(nodes.coordinator().at("/query"), Json.object("query", COUNT))
                .body());

        assertThat(answer.path("nodes").size()).isEqualTo(1);
        assertThat(answer.path("nodes").path(0).path("rows").asLong()).isEqualTo(2);
        assertThat(answer.path("source_tables")).hasToString("[\"first\"]");
        assertThat(nodes.coordinator().query(COUNT).body()).isEqualTo(COUNTED);
    }

    @Test
    void areHandedOnInTheShapeThatWasAskedFor() {
        String first = "SELECT id, place FROM first ORDER BY id LIMIT 1";
        JsonNode answer = Json.read(Http.post(nodes.coordinator().at("/query"), Json.object("query", first))
                .body());

        assertThat(answer.path("results")).hasToString("[{\"id\":0,\"place\":\"airport 0\"}]");
        assertThat(answer.path("columns")).hasToString("[\"id\",\"place\"]");
        assertThat(answer.path("column_types")).hasToString("[\"BIGINT\",\"VARCHAR\"]");
        assertThat(answer.path("row_count").asLong()).isEqualTo(1);
    }

    @Test
    void joinTwoNamesOfOneTableAtItsNode() {
        String join = "SELECT count(*) AS n, sum(a.weight) AS w FROM first a JOIN again b USING (id)";
        int before = nodes.early().fragments();

        assertThat(nodes.coordinator().query(join).body()).isEqualTo("{\"n\":5000,\"w\":1248750.0}\n");
        assertThat(nodes.early().fragments() - before).isEqualTo(1);
    }

    @Test
    void areShownByExplain() {
        JsonNode plan = Json.read(Http.post(nodes.coordinator().at("/explain"), Json.object("query", COUNT))
                .body());

        assertThat(plan.path("query").asText()).isEqualTo(COUNT);
        assertThat(plan.path("plan").asText()).contains("whole query at the node of first");
        assertThat(plan.path("fragments").path(0).path("sql").asText())
                .contains(COUNT)
                .contains("FROM \"shipments\"");
    }

    @Test
    void areReplacedByRowsWhereTheNodeRefusesThem() {
        HttpResponse<String> answer = nodes.coordinator().query("SELECT max(place::INTEGER) AS n FROM first");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("sql_failed");
        assertThat(Json.read(answer.body()).path("detail").asText())
                .contains("Could not convert string")
                .doesNotContain("data node");
        assertThat(nodes.coordinator().get("/health").path("problems")).isEmpty();
        assertThat(nodes.coordinator().query(COUNT).body()).isEqualTo(COUNTED);
    }

    @Test
    void areAskedOfOneReplica() {
        int before = nodes.late().fragments() + nodes.copy().fragments();

        assertThat(nodes.coordinator().query("SELECT min(id) AS n FROM second").body())
                .isEqualTo("{\"n\":5000}\n");
        assertThat(nodes.late().fragments() + nodes.copy().fragments() - before).isEqualTo(1);
    }

    @Test
    void areNotAskedOfShards() {
        int before = nodes.early().fragments() + nodes.late().fragments();

        assertThat(nodes.coordinator()
                        .query("SELECT avg(id) AS middle FROM halves")
                        .body())
                .isEqualTo("{\"middle\":4999.5}\n");
        assertThat(nodes.early().fragments() + nodes.late().fragments() - before)
                .isEqualTo(2);
    }
}
