package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the sidecar has committed is what the coordinator reads, alone and joined with the nodes' tables.
class LakeAndNodesIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void readsARecordAsSoonAsItIsAcknowledged() {
        for (int i = 0; i < 5; i++) {
            ingest("sightings", List.of(Map.of("airport", "KEF", "seen", i)));

            assertThat(query("SELECT count(*) AS n FROM sightings")).isEqualTo("{\"n\":%d}\n".formatted(i + 1));
        }
    }

    @Test
    void joinsALakeTableWithANodeTable() {
        ingest("visits", List.of(Map.of("iata", "KEF", "visitors", 3), Map.of("iata", "OSL", "visitors", 4)));

        assertThat(query("SELECT a.country, v.visitors FROM lake.visits v JOIN airports a USING (iata) ORDER BY 2"))
                .isEqualTo("{\"country\":\"Iceland\",\"visitors\":3}\n{\"country\":\"Norway\",\"visitors\":4}\n");
    }

    @Test
    void handsOnWhatANodeAnswersInTheShapeOfTheLakesRoutes() {
        String first = "SELECT iata, country FROM airports ORDER BY iata LIMIT 1";
        JsonNode answer = post("/query", first);
        JsonNode records = post("/query/sql", first);

        assertThat(answer.path("results")).hasSize(1);
        assertThat(records.path("data")).isEqualTo(answer.path("results"));
        assertThat(records.path("row_count").asLong()).isEqualTo(1);
        assertThat(records.path("query").asText()).isEqualTo(first);
    }

    @Test
    void seesColumnsThatCameLater() {
        ingest("growing", List.of(Map.of("id", 1)));
        ingest("growing", List.of(Map.of("id", 2, "colour", "red")));

        assertThat(query("SELECT id, colour FROM growing ORDER BY id"))
                .isEqualTo("{\"id\":1,\"colour\":null}\n{\"id\":2,\"colour\":\"red\"}\n");
    }

    @Test
    void hasTheSampleTripsPartitionedByDay() {
        try (Oracle oracle = new Oracle()) {
            String sql =
                    "SELECT count(*) AS n, sum(passenger_count)::BIGINT AS passengers, round(sum(fare_amount), 2) AS fares FROM trips";

            assertThat(query(sql)).isEqualTo(oracle.query(sql));
            assertThat(query("SELECT count(DISTINCT partition_date) AS days FROM trips"))
                    .isEqualTo(oracle.query("SELECT count(DISTINCT tpep_pickup_datetime::DATE) AS days FROM trips"));
        }
    }

    @Test
    void travelsInTime() {
        long first =
                ingest("history", List.of(Map.of("id", 1))).path("snapshot_id").asLong();
        ingest("history", List.of(Map.of("id", 2)));

        assertThat(query("SELECT count(*) AS n FROM lake.history AT (VERSION => %d)".formatted(first)))
                .isEqualTo("{\"n\":1}\n");
    }

    @Test
    void listsTheTablesOfBoth() {
        JsonNode tables = Json.read(fleet.get(fleet.local().coordinator().resolve("/tables"))
                        .body())
                .path("tables");

        assertThat(tables.findValuesAsText("name")).contains("airports", "airlines", "routes", "trips");
    }

    private static JsonNode ingest(String table, List<Map<String, Object>> records) {
        return ok(fleet.post(
                fleet.local().sidecar().resolve("/ingest"),
                Json.write(Map.of("table_name", table, "records", records))));
    }

    private static JsonNode post(String path, String sql) {
        return ok(fleet.post(fleet.local().coordinator().resolve(path), Json.object("query", sql)));
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private static String query(String sql) {
        HttpResponse<String> answer = fleet.query(sql, "ndjson");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
