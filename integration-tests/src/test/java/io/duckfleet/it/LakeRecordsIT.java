package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
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

/// Records are found: by id, by date, by text, and by SQL over all tables.
class LakeRecordsIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "recordslake", Map.of("MAX_QUERY_RESULTS", "50", "DEFAULT_LIMIT", "2"));
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
    }

    private static Map<String, Object> person(String id, String name, int age, String machine, List<String> tags) {
        return Map.of("id", id, "name", name, "age", age, "work", Map.of("machine", machine, "tags", tags));
    }

    private static Map<String, Object> day(String id, String date, String seen) {
        return Map.of("record_id", id, "partition_date", date, "seen", seen, "ingested_at", seen);
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
        JsonNode problem = problem(Http.get(lake.at("/query/id/'%20OR%20true%20--")), 404, "not_found");

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
        assertThat(localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    @Test
    void readsOnlyTheFilesOfTheTimes() {
        JsonNode answer = lake.post(
                "/query/date-range", Map.of("start_date", "2025-10-03", "end_date", "2025-10-03", "table", "days"));

        assertThat(ids(answer)).containsExactly("d3");
        assertThat(localPlan(answer)).containsPattern("Total Files Read: 1\\b");
    }

    /// The plan of the very query that an answer tells of.
    private static String localPlan(JsonNode answer) {
        return lake.post(
                        "/explain",
                        Map.of(
                                "query",
                                answer.path("query").asText(),
                                "parameters",
                                answer.path("parameters"),
                                "analyze",
                                true))
                .path("local_plan")
                .asText();
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

    @Test
    void unitesAllTablesWhereTypesConflict() {
        JsonNode answer = lake.post(
                "/query/sql",
                Map.of(
                        "query",
                        "SELECT _table, age, work FROM all_records WHERE age IS NOT NULL ORDER BY record_id, ingested_at"));

        assertThat(answer.path("data").findValuesAsText("_table"))
                .containsExactly("people", "odd", "odd", "people", "people");
        assertThat(answer.path("data").findValuesAsText("age"))
                .containsExactly("41", "unknown", "later", "36", "8500001");
        assertThat(answer.path("data").path(0).path("work").path("machine").asText())
                .isEqualTo("Bombe");
        assertThat(answer.path("data").path(1).path("work").asText()).isEqualTo("none");
        assertThat(answer.path("column_types"))
                .extracting(JsonNode::asText)
                .containsExactly("VARCHAR", "VARCHAR", "JSON");
    }

    @Test
    void answersTheCallersOwnSql() {
        String sql = "SELECT i FROM range(60) t(i) ORDER BY i";

        JsonNode all = lake.post("/query/sql", Map.of("query", sql));
        JsonNode some = lake.post("/query/sql", Map.of("query", sql, "limit", 3));

        assertThat(all.path("row_count").asInt()).isEqualTo(60);
        assertThat(all.path("query").asText()).isEqualTo(sql);
        assertThat(some.path("data").toString()).isEqualTo("[{\"i\":0},{\"i\":1},{\"i\":2}]");
        assertThat(lake.post("/query/sql", Map.of("query", sql, "limit", 0)).path("data"))
                .isEmpty();
        assertThat(Http.post(lake.at("/query/sql"), "{\"query\": \"SELECT 1 AS a\", \"limit\": null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesWhatIsNoSelect() {
        problem(Http.post(lake.at("/query/sql"), "{\"query\": \"DROP TABLE people\"}"), 400, "not_a_select");
        problem(Http.post(lake.at("/query/sql"), "{\"query\": \"SELECT nme FROM people\"}"), 400, "unknown_column");
    }

    @Test
    void answersInOtherFormats() {
        HttpResponse<String> answer = Http.get(lake.at("/query/id/p2?table=people&format=csv"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.body()).contains("Grace Hopper");
    }

    @Test
    void isRememberedInTheHistory() {
        String id = lake.post("/query/search", Map.of("search_term", "hopper"))
                .path("query_id")
                .asText();

        JsonNode entry = lake.get("/queries/" + id);
        assertThat(entry.path("state").asText()).isEqualTo("finished");
        assertThat(entry.path("query").asText()).contains("all_records").doesNotContain("hopper");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /query/recent?hours=0          | hours
            /query/recent?hours=169        | hours
            /query/recent?hours=x          | hours
            /query/recent?limit=-1         | limit
            /query/recent?limit=51         | limit
            /query/recent?table=peopel     | table
            /query/id/p1?table=x%22;--     | table
            /query/id/p1?limit=-1          | limit
            /query/recent?format=xml       | format
            /statistics?table=nope         | table
            /schema?table=nope             | table
            /files?table=nope              | table
            /snapshots?limit=0             | limit
            """)
    void refusesABadParameter(String path, String field) {
        fieldAtFault(Http.get(lake.at(path)), field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /query/search     | {}                                                     | search_term
            /query/search     | {"search_term": ""}                                    | search_term
            /query/search     | {"search_term": "x", "limit": -1}                      | limit
            /query/search     | {"search_term": "x", "column": "nope"}                 | column
            /query/search     | {"search_term": "x", "timeout_ms": 0}                  | timeout_ms
            /query/search     | {"search_term": 5}                                     | search_term
            /query/date-range | {"end_date": "2025-01-01"}                             | start_date
            /query/date-range | {"start_date": "2025-01-01"}                           | end_date
            /query/date-range | {"start_date": "yesterday", "end_date": "2025-01-01"}  | start_date
            /query/date-range | {"start_date": "2025-01-01", "end_date": "2025-02-30"} | end_date
            /query/date-range | {"start_date": "2025-01-01", "end_date": "2025-01-02", "date_field": "nope"}                    | date_field
            /query/date-range | {"start_date": "2025-01-01", "end_date": "2025-01-02", "date_field": "work", "table": "people"} | date_field
            /query/sql        | {"query": "SELECT 1", "limit": -1}                     | limit
            /query/sql        | {"query": "SELECT 1", "limit": 51}                     | limit
            /query/sql        | {"query": ""}                                          | query
            /query/sql        | {"query"                                               | body
            """)
    void refusesABadBody(String path, String body, String field) {
        fieldAtFault(Http.post(lake.at(path), body), field);
    }

    private static void fieldAtFault(HttpResponse<String> answer, String field) {
        JsonNode problem = problem(answer, 422, "invalid_request");
        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    private static List<String> ids(JsonNode answer) {
        return StreamSupport.stream(answer.path("data").spliterator(), false)
                .map(record -> record.path("record_id").asText())
                .toList();
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }
}
