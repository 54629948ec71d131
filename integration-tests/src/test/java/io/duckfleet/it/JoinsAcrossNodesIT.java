package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Joins over three nodes give what one DuckDB with all tables gives.
class JoinsAcrossNodesIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static Oracle oracle;

    @BeforeAll
    static void open() {
        oracle = new Oracle();
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a.name, r.destination_airport FROM airlines a JOIN routes r ON a.airline_id = r.airline_id WHERE a.country = 'Iceland'",
                "SELECT al.name, count(*) AS n FROM routes JOIN airlines al USING (airline_id) GROUP BY ALL",
                "SELECT s.city, d.city, al.name FROM routes r JOIN airports s ON r.source_airport_id = s.airport_id JOIN airports d ON r.destination_airport_id = d.airport_id JOIN airlines al USING (airline_id) WHERE s.country = 'Iceland'",
                "SELECT a.name, r.stops FROM airlines a LEFT JOIN routes r ON r.airline_id = a.airline_id AND r.stops > 0",
                "SELECT a.name FROM airlines a LEFT JOIN routes r USING (airline_id) WHERE r.airline IS NULL",
                "SELECT a.name, r.airline FROM routes r RIGHT JOIN airlines a ON r.airline_id = a.airline_id WHERE a.country = 'France'",
                "SELECT airline_id, a.name, count(r.airline) FROM airlines a FULL JOIN routes r USING (airline_id) GROUP BY ALL",
                "SELECT coalesce(a.name, '?') AS name, count(*) FROM airlines a FULL JOIN routes r ON a.airline_id = r.airline_id AND a.active = 'N' WHERE r.stops = 0 OR r.stops IS NULL GROUP BY ALL",
                "FROM airlines SEMI JOIN routes USING (airline_id)",
                "FROM airlines ANTI JOIN routes USING (airline_id)",
                "SELECT name FROM airlines a WHERE EXISTS (FROM routes r WHERE r.airline_id = a.airline_id AND r.stops > 0)",
                "SELECT name FROM airports WHERE airport_id NOT IN (SELECT source_airport_id FROM routes WHERE source_airport_id IS NOT NULL)",
                "SELECT a.name, (SELECT count(*) FROM routes r WHERE r.airline_id = a.airline_id) AS n FROM airlines a WHERE a.country = 'Norway'",
                "WITH busy AS (SELECT airline_id, count(*) AS n FROM routes GROUP BY 1 HAVING n > 500) SELECT name, n FROM busy JOIN airlines USING (airline_id)",
                "WITH airlines AS (SELECT airline_id AS id, name FROM airlines WHERE active = 'Y') SELECT airlines.name, count(*) FROM airlines JOIN routes ON routes.airline_id = airlines.id GROUP BY ALL",
                "WITH RECURSIVE reach(airport, hops) AS (SELECT 'KEF', 0 UNION SELECT r.destination_airport, hops + 1 FROM reach JOIN routes r ON r.source_airport = reach.airport WHERE hops < 2 AND r.airline = 'FI') SELECT a.name, hops FROM reach JOIN airports a ON a.iata = reach.airport",
                "SELECT routes.country, airlines.stops FROM airlines AS routes JOIN routes AS airlines ON routes.airline_id = airlines.airline_id WHERE airlines.stops = 1",
                "SELECT a.country, a.name, rank() OVER (PARTITION BY a.country ORDER BY count(*) DESC, a.name) AS r FROM airlines a JOIN routes USING (airline_id) GROUP BY a.country, a.name QUALIFY r <= 2",
                "SELECT r1.source_airport, r1.destination_airport FROM routes r1 JOIN routes r2 ON r1.source_airport_id = r2.destination_airport_id AND r1.destination_airport_id = r2.source_airport_id JOIN airlines a ON a.airline_id = r2.airline_id WHERE r1.airline = 'FI' AND a.iata = 'SK'",
                "SELECT a.name, x.n FROM airlines a, LATERAL (SELECT count(*) AS n FROM routes r WHERE r.airline_id = a.airline_id) x WHERE a.country = 'Chile'",
                "SELECT c.country, c.n, p.n FROM (SELECT country, count(*) AS n FROM airlines GROUP BY 1) c JOIN (SELECT country, count(*) AS n FROM airports GROUP BY 1) p USING (country)"
            })
    void giveWhatOneDuckDbGives(String sql) {
        HttpResponse<String> answer = fleet.query(sql, "ndjson");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(lines(answer.body())).isEqualTo(lines(oracle.query(sql)));
    }

    @Test
    void answersInTheShapeThatClientsKnow() {
        HttpResponse<String> answer = fleet.query(
                "SELECT a.name, r.stops FROM routes r JOIN airlines a USING (airline_id) WHERE a.iata = 'FI' LIMIT 2",
                "json");

        JsonNode document = Json.read(answer.body());
        assertThat(document.path("results").size()).isEqualTo(2);
        assertThat(document.path("columns")).hasToString("[\"name\",\"stops\"]");
        assertThat(document.path("source_tables")).hasToString("[\"routes\",\"airlines\"]");
        assertThat(document.path("execution_time_ms").isNumber()).isTrue();
        assertThat(document.path("timestamp").asText()).endsWith("Z");
        assertThat(document.path("column_types")).hasToString("[\"VARCHAR\",\"BIGINT\"]");
        assertThat(document.path("row_count").asInt()).isEqualTo(2);
        assertThat(document.path("query_id").asText()).isNotEmpty();
        assertThat(document.path("nodes").findValuesAsText("table")).containsExactlyInAnyOrder("routes", "airlines");
    }

    @Test
    void fetchesOnlyTheColumnsAndRowsThatTheQueryNeeds() {
        HttpResponse<String> answer =
                fleet.query("SELECT a.name FROM routes r JOIN airlines a USING (airline_id) WHERE r.stops > 0", "json");

        JsonNode nodes = Json.read(answer.body()).path("nodes");
        assertThat(nodes.get(0).path("table").asText()).isEqualTo("routes");
        assertThat(nodes.get(0).path("rows").asLong())
                .isEqualTo(Long.parseLong(oracle.query("SELECT count(*) AS n FROM routes WHERE stops > 0")
                        .replaceAll("\\D", "")));
    }

    private static List<String> lines(String ndjson) {
        return ndjson.lines().sorted().toList();
    }
}
