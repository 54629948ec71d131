package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A plan tells what is asked of which node.
class ExplainIT {

    private static final String SQL =
            "SELECT a.name, t.fare_amount FROM airports a JOIN trips t ON a.airport_id = t.passenger_count WHERE a.country = 'Iceland'";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void tellsTheSqlForEachNode() {
        JsonNode plan = Json.read(explain(Map.of("query", SQL)).body());

        JsonNode fragment = plan.path("fragments").path(0);
        assertThat(plan.path("fragments").size()).isEqualTo(1);
        assertThat(fragment.path("table").asText()).isEqualTo("airports");
        assertThat(fragment.path("sql").asText())
                .contains("WHERE \"country\" = 'Iceland'")
                .doesNotContain("latitude");
        assertThat(fragment.has("rows")).isFalse();
        assertThat(plan.path("lake_tables")).hasToString("[\"trips\"]");
    }

    @Test
    void tellsWhatCameWhenItIsRun() {
        JsonNode plan = Json.read(explain(Map.of("query", SQL, "analyze", true)).body());

        assertThat(plan.path("fragments").path(0).path("rows").asLong()).isPositive();
        assertThat(plan.path("fragments").path(0).path("bytes").asLong()).isPositive();
        assertThat(plan.path("local_plan").asText()).contains("JOIN");
    }

    @Test
    void refusesWhatQueryRefuses() {
        assertThat(explain(Map.of("query", "DROP TABLE airports")).statusCode()).isEqualTo(400);
        assertThat(explain(Map.of("query", "SELECT x FROM airports")).statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> explain(Map<String, Object> body) {
        return fleet.post(fleet.local().coordinator().resolve("/explain"), Json.write(body));
    }
}
