package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Records are found: by id, by date, and by text.
class LakeRecordsIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;

    @BeforeAll
    static void start() {
        lake = SmallLake.start(fleet, "recordslake");
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void findsARecordByItsId() {
        JsonNode answer = lake.get("/query/id/p1?table=people");

        assertThat(answer.path("status").asText()).isEqualTo("success");
        assertThat(answer.path("row_count").asInt()).isEqualTo(1);
        assertThat(answer.path("duration_seconds").asDouble()).isPositive();
        assertThat(answer.path("query").asText()).startsWith("SELECT");
        assertThat(answer.path("columns")).extracting(JsonNode::asText).contains("record_id", "name", "work");
        JsonNode record = answer.path("data").path(0);
        assertThat(record.path("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(record.path("work").path("tags").path(1).asText()).isEqualTo("poetry");
    }

    @Test
    void findsTheNewestOfAllTables() {
        JsonNode answer = lake.get("/query/id/o1");

        assertThat(answer.path("data")).hasSize(1);
        assertThat(answer.path("data").path(0).path("_table").asText()).isEqualTo("odd");
        assertThat(answer.path("data").path(0).path("work").asText()).isEqualTo("some");
    }

    @Test
    void looksForTheRecordIdFirstAndThenForTheId() {
        assertThat(lake.get("/query/id/p9")
                        .path("data")
                        .path(0)
                        .path("record_id")
                        .asText())
                .isEqualTo("o1");
    }

    @Test
    void takesASlashInAnId() {
        assertThat(lake.get("/query/id/a%2Fb%20c")
                        .path("data")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("Alan_Turing");
    }

    @Test
    void knowsNoRecordOfAnotherId() {
        JsonNode problem = SmallLake.problem(Http.get(lake.at("/query/id/'%20OR%20true%20--")), 404, "not_found");

        assertThat(problem.path("detail").asText()).startsWith("Record not found");
    }

    @Test
    void givesWholeDaysNewestFirst() {
        assertThat(ids(lake.post(
                        "/query/date-range",
                        Map.of("start_date", "2025-10-02", "end_date", "2025-10-03", "date_field", "seen"))))
                .containsExactly("d3", "d2");
    }

    @Test
    void takesAnEndTimestampAsTheEnd() {
        Map<String, Object> range =
                Map.of("start_date", "2025-10-01T08:00:00Z", "end_date", "2025-10-02T11:00:00+01:00", "table", "days");

        assertThat(ids(lake.post("/query/date-range", range))).containsExactly("d1");
    }

    @Test
    void readsOnlyTheFilesOfTheDays() {
        JsonNode answer = lake.post(
                "/query/date-range",
                Map.of(
                        "start_date",
                        "2025-10-02",
                        "end_date",
                        "2025-10-02",
                        "date_field",
                        "partition_date",
                        "table",
                        "days"));

        assertThat(ids(answer)).containsExactly("d2");
        assertThat(lake.localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    @Test
    void readsOnlyTheFilesOfTheTimes() {
        JsonNode answer = lake.post(
                "/query/date-range", Map.of("start_date", "2025-10-03", "end_date", "2025-10-03", "table", "days"));

        assertThat(ids(answer)).containsExactly("d3");
        assertThat(lake.localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    @Test
    void givesTheRecordsOfTheLastHoursWithinTheLimit() {
        JsonNode answer = lake.get("/query/recent?hours=1&limit=3");

        assertThat(answer.path("data")).hasSize(3);
        assertThat(answer.path("data").findValuesAsText("ingested_at")).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(lake.get("/query/recent?table=days").path("data")).isEmpty();
        assertThat(lake.get("/query/recent").path("data")).hasSize(2);
        assertThat(lake.get("/query/recent?limit=0").path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lovelace         | p1
            ENGINE           | p1
            100%             | p2
            n_t              | a/b c
            poetry           | p1
            8500001          | p2
            2025-10-02T10:00 | d2
            2025-10-03 23    | d3
            no such text     |
            """)
    void searchesInAllColumnsWithoutCase(String term, String found) {
        List<String> ids = ids(lake.post("/query/search", Map.of("search_term", term, "limit", 50)));

        assertThat(ids).isEqualTo(found == null ? List.of() : List.of(found));
    }

    @Test
    void takesNoFieldsNameForAValue() {
        assertThat(ids(lake.post("/query/search", Map.of("search_term", "machine", "table", "people"))))
                .isEmpty();
    }

    @Test
    void searchesInOneColumn() {
        Map<String, Object> search =
                Map.of("search_term", "a", "table", "people", "column", "work.machine", "limit", 9);

        assertThat(ids(lake.post("/query/search", search))).containsExactly("p1");
    }

    private static List<String> ids(JsonNode answer) {
        return StreamSupport.stream(answer.path("data").spliterator(), false)
                .map(record -> record.path("record_id").asText())
                .toList();
    }
}
