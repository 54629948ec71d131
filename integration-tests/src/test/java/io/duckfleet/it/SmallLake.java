package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/// A lake with three small tables: people with nested fields, four days with a record each, and one whose
/// columns are of other types. The coordinator gives 2 records unless asked for more, and at most 50.
final class SmallLake {

    private SmallLake() {}

    static OwnLake start(RunningFleet fleet, String name) {
        OwnLake lake = OwnLake.start(fleet, name, Map.of("MAX_QUERY_RESULTS", "50", "DEFAULT_LIMIT", "2"));
        lake.ingest(
                "people",
                List.of(
                        person("p1", "Ada Lovelace", 36, "Analytical Engine", List.of("maths", "poetry")),
                        person("p2", "Grace Hopper", 8_500_001, "COBOL 100%", List.of("navy")),
                        person("a/b c", "Alan_Turing", 41, "Bombe", List.of())));
        lake.ingest(
                "days",
                List.of(
                        day("d1", "2025-10-01", "2025-10-01T08:00:00Z"),
                        day("d2", "2025-10-02", "2025-10-02T10:00:00Z"),
                        day("d3", "2025-10-03", "2025-10-03T23:59:59Z"),
                        day("d4", "2025-10-04", "2025-10-04T00:00:00Z")));
        lake.ingest("odd", List.of(Map.of("record_id", "o1", "age", "unknown", "work", "none", "id", "p9")));
        lake.ingest("odd", List.of(Map.of("record_id", "o1", "age", "later", "work", "some", "id", "p9")));
        return lake;
    }

    private static Map<String, Object> person(String id, String name, int age, String machine, List<String> tags) {
        return Map.of("id", id, "name", name, "age", age, "work", Map.of("machine", machine, "tags", tags));
    }

    private static Map<String, Object> day(String id, String date, String seen) {
        return Map.of("record_id", id, "partition_date", date, "seen", seen, "ingested_at", seen);
    }

    /// The problem document of an answer that is one.
    static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }
}
