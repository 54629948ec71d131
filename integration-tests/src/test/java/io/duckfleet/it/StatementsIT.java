package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters, EXPLAIN and PIVOT as statements, over HTTP and in every format.
class StatementsIT {

    private static final String PIVOT =
            "PIVOT airlines ON active USING count(*) GROUP BY country ORDER BY country LIMIT 3";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void takeParametersByPositionAndByName() {
        String byPosition = query(Map.of(
                "query",
                "SELECT name FROM airlines WHERE country = ? AND airline_id IN ? ORDER BY name",
                "parameters",
                List.of("France", List.of(137, 24, -1))));
        String byName = query(Map.of(
                "query",
                "SELECT name FROM airlines WHERE country = $c AND airline_id IN $ids ORDER BY name",
                "parameters",
                Map.of("c", "France", "ids", List.of(137, 24, -1))));

        assertThat(byPosition).isEqualTo("{\"name\":\"Air France\"}\n").isEqualTo(byName);
    }

    @Test
    void sayWhatIsWrongWithParameters() {
        HttpResponse<String> answer = post("query", Map.of("query", "SELECT ?, ?", "parameters", List.of(1)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Json.read(answer.body()).path("errors").path(0).path("field").asText())
                .isEqualTo("parameters");
    }

    @Test
    void tellPositionsInTheTextThatWasSent() {
        HttpResponse<String> answer = post(
                "query", Map.of("query", "SELECT ?, nope FROM airlines", "parameters", List.of("long"), "limit", 3));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("position").asInt()).isEqualTo(10);
    }

    @Test
    void explainAgreesWithExplain() {
        String sql = "SELECT name FROM airlines WHERE country = 'France'";
        JsonNode explained = Json.read(post("explain", Map.of("query", sql)).body());
        JsonNode row = Json.read(query(Map.of("query", "EXPLAIN (FORMAT json) " + sql)));
        JsonNode text = Json.read(query(Map.of("query", "EXPLAIN " + sql)));

        assertThat(Json.read(row.path("explain_value").asText())).isEqualTo(explained);
        assertThat(text.path("explain_key").asText()).isEqualTo("physical_plan");
        assertThat(text.path("explain_value").asText())
                .contains(explained.path("plan").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "parquet", "arrow", "text"})
    void givePivotsInEveryFormat(String format) {
        HttpResponse<String> answer = fleet.query(PIVOT, format);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    void explainAnalyzesAPivotWithoutAList() {
        JsonNode row = Json.read(query(Map.of("query", "EXPLAIN ANALYZE " + PIVOT)));
        JsonNode explained = Json.read(
                post("explain", Map.of("query", PIVOT, "analyze", true)).body());

        assertThat(row.path("explain_value").asText()).contains("airlines", "PIVOT without an IN list");
        assertThat(explained.path("local_plan").asText()).contains("PIVOT without an IN list");
    }

    private static String query(Map<String, Object> body) {
        HttpResponse<String> answer = post("query?format=ndjson", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> post(String path, Map<String, Object> body) {
        return fleet.post(fleet.local().coordinator().resolve("/" + path), Json.write(body));
    }
}
