package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SQL over the lake, and what its routes refuse.
class LakeSqlIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;

    @BeforeAll
    static void start() {
        lake = SmallLake.start(fleet, "sqllake");
    }

    @AfterAll
    static void stop() {
        lake.close();
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
        SmallLake.problem(Http.post(lake.at("/query/sql"), "{\"query\": \"DROP TABLE people\"}"), 400, "not_a_select");
        SmallLake.problem(
                Http.post(lake.at("/query/sql"), "{\"query\": \"SELECT nme FROM people\"}"), 400, "unknown_column");
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
        JsonNode problem = SmallLake.problem(answer, 422, "invalid_request");
        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckfleet.rejected", "lake.duckfleet.rejected", "\"DuckFleet\".Rejected"})
    void queriesRejectedRecords(String table) {
        String mark = "r-" + table.length();
        lake.ingest("picky", List.of(Map.of("id", "g", "n", 1)));
        Http.post(
                lake.sidecar().at("/ingest?on_error=reject"),
                "{\"table_name\": \"picky\", \"records\": [{\"id\": \"h\", \"n\": 2}, {\"id\": \"%s\", \"n\": {\"no\": \"number\"}}]}"
                        .formatted(mark));

        JsonNode answer = lake.post(
                "/query/sql",
                Map.of(
                        "query",
                        "SELECT r.table_name, r.field, r.record FROM %s r JOIN days ON true WHERE record LIKE '%%%s%%' LIMIT 1"
                                .formatted(table, mark)));

        assertThat(answer.path("data").path(0).path("table_name").asText()).isEqualTo("picky");
        assertThat(answer.path("data").path(0).path("field").asText()).isEqualTo("n");
        assertThat(answer.path("data").path(0).path("record").asText()).contains("\"no\"");
    }

    @Test
    void listsTheTablesWithTheirRows() {
        JsonNode tables = lake.get("/tables").path("tables");

        assertThat(tables.findValuesAsText("name")).contains("people", "days", "odd");
        for (JsonNode table : tables) {
            String name = table.path("name").asText();
            JsonNode counted = lake.post("/query/sql", Map.of("query", "SELECT count(*) AS n FROM lake." + name));
            assertThat(table.path("rows")).as(name).isEqualTo(counted.findPath("n"));
        }
    }

    @Test
    void listsRejectedRecordsNowhere() {
        SmallLake.problem(Http.post(lake.at("/query"), Json.object("query", "FROM rejected")), 400, "unknown_table");
        SmallLake.problem(
                Http.post(lake.at("/query"), Json.object("query", "FROM lake.rejected")), 400, "unknown_table");
        assertThat(lake.get("/tables").path("tables").findValuesAsText("name"))
                .contains("people")
                .doesNotContain("rejected");
        assertThat(lake.get("/statistics")
                        .path("query_statistics")
                        .path("tables")
                        .findValuesAsText("table"))
                .contains("people", "days", "odd")
                .doesNotContain("rejected");
        assertThat(lake.get("/files").path("files").findValuesAsText("table")).doesNotContain("rejected");
        assertThat(lake.get("/schema").path("schema").findValuesAsText("column_name"))
                .doesNotContain("rejected_at");
        assertThat(lake.post("/query/sql", Map.of("query", "SELECT DISTINCT _table FROM all_records"))
                        .path("data")
                        .findValuesAsText("_table"))
                .contains("people", "days", "odd")
                .doesNotContain("rejected");
    }
}
