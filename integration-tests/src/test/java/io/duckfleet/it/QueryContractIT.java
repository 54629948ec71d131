package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `POST /query` promises about bodies, statuses, formats and names.
class QueryContractIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"})
    void readsJsonWhateverItsContentTypeSays(String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/query"))
                .POST(BodyPublishers.ofString("{\"query\": \"SELECT 7 AS seven\"}"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }

        HttpResponse<String> answer = Http.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.read(answer.body()).path("results").toString()).isEqualTo("[{\"seven\":7}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"query": 5}                                  | query
            {"query": ""}                                 | query
            {"query": "SELECT 1", "limit": -1}            | limit
            {"query": "SELECT 1", "limit": "3"}           | limit
            {"query": "SELECT 1", "timeout_ms": 0}        | timeout_ms
            {"query": "SELECT 1", "timeout_ms": 600001}   | timeout_ms
            {"query": "SELECT 1", "engine": "fortran"}    | engine
            {"query": "SELECT 1", "parameters": 5}        | parameters
            []                                            | body
            {"query":                                     | body
            """)
    void refusesABadBody(String body, String field) {
        JsonNode problem = problem(Http.post(at("/query"), body), 422, "invalid_request");

        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void tellsWhereJsonBreaks() {
        JsonNode problem = problem(Http.post(at("/query"), "{\"query\":\n \"SELECT 1\",, }"), 422, "invalid_request");

        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(13);
    }

    @Test
    void refusesALongBody() {
        String sql = "SELECT '%s'".formatted("x".repeat(1 << 20));

        problem(Http.post(at("/query"), Json.object("query", sql)), 413, "body_too_large");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT nme FROM airlines              | unknown_column | 7  | "name"
            SELECT * FROM airlins                 | unknown_table  | 14 | did you mean "airlines"
            SELECT * FROM lake.nothing.airlines   | unknown_table  | 14 | is not in the fleet
            SELECT 1 +                            | sql_syntax     | 10 | syntax error
            DROP TABLE airlines                   | not_a_select   |    | SELECT
            SELECT 1; SELECT 2                    | not_a_select   |    | one statement
            """)
    void refusesSqlWithItsPlace(String sql, String code, Integer position, String detail) {
        JsonNode problem = problem(Http.post(at("/query"), Json.object("query", sql)), 400, code);

        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(problem.has("position")).isEqualTo(position != null);
        assertThat(problem.path("position").asInt()).isEqualTo(position == null ? 0 : position);
    }

    @Test
    void refusesOtherMethodsAndForms() {
        assertThat(Http.get(at("/query")).statusCode()).isEqualTo(405);
        assertThat(Http.delete(at("/tables")).statusCode()).isEqualTo(405);
        HttpRequest.Builder picture = HttpRequest.newBuilder(at("/query"))
                .header("Accept", "image/png")
                .POST(BodyPublishers.ofString("{\"query\": \"SELECT 1\"}"));
        assertThat(Http.send(picture).statusCode()).isEqualTo(406);
    }

    @Test
    void namesTheFleetsTablesInOrderAndNoOthers() {
        JsonNode answer = query("""
                WITH r AS (SELECT airline_id FROM routes LIMIT 3), airports AS (SELECT 1 AS one)
                SELECT count(*) AS n FROM airlines JOIN r USING (airline_id), airports, routes x WHERE x.stops > 99""");

        assertThat(answer.path("source_tables").toString()).isEqualTo("[\"routes\",\"airlines\"]");
        assertThat(answer.path("row_count").asInt()).isEqualTo(1);
        assertThat(answer.path("column_types").toString()).isEqualTo("[\"BIGINT\"]");
        assertThat(answer.path("query_id").asText()).isNotEmpty();
    }

    @Test
    void givesRepeatedColumnsNamesOfTheirOwn() {
        JsonNode answer = query("SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS a_1");

        assertThat(answer.path("columns")).hasSize(4).doesNotHaveDuplicates();
        assertThat(answer.path("results").path(0)).hasSize(4);
        assertThat(answer.path("columns").path(1).asText()).startsWith("a_");
    }

    @Test
    void writesLargeNumbersAsTextWhereThatIsAskedFor() {
        String body = Json.object("query", "SELECT 9007199254740993 AS large, 12 AS small, 'nan'::DOUBLE AS none");

        assertThat(Json.read(Http.post(at("/query"), body).body())
                        .path("results")
                        .toString())
                .isEqualTo("[{\"large\":9007199254740993,\"small\":12,\"none\":null}]");
        assertThat(Json.read(Http.post(at("/query?numbers=safe"), body).body())
                        .path("results")
                        .toString())
                .isEqualTo("[{\"large\":\"9007199254740993\",\"small\":12,\"none\":null}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                       | application/json
            application/x-ndjson                   | application/x-ndjson
            text/csv                               | text/csv
            application/vnd.apache.arrow.stream    | application/vnd.apache.arrow.stream
            application/vnd.apache.parquet         | application/vnd.apache.parquet
            text/plain                             | text/plain
            text/html, text/csv;q=0.5, */*;q=0.1   | text/csv
            """)
    void answersInTheFormThatIsAccepted(String accepted, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/query"))
                .header("Accept", accepted)
                .POST(BodyPublishers.ofString(Json.object("query", "SELECT name FROM airlines LIMIT 3")));

        HttpResponse<String> answer = Http.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    private static JsonNode query(String sql) {
        HttpResponse<String> answer = Http.post(at("/query"), Json.object("query", sql));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).as(answer.body()).isEqualTo(code);
        return problem;
    }

    private static URI at(String path) {
        return fleet.local().coordinator().resolve(path);
    }
}
