package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A coordinator with tight limits, and no table at all, keeps them and says so.
class LimitsIT {

    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) % 7 = j";

    private static OwnCoordinator coordinator;

    @BeforeAll
    static void start() {
        coordinator = OwnCoordinator.over(
                Map.of(),
                Map.of(
                        "DUCKDB_MEMORY_LIMIT", "100MB",
                        "DUCKDB_THREADS", "3",
                        "DUCKFLEET_COORDINATOR_MAX_SPILL", "20M",
                        "DUCKFLEET_COORDINATOR_MAX_RUNNING", "1",
                        "DUCKFLEET_COORDINATOR_MAX_WAITING", "1",
                        "DUCKFLEET_COORDINATOR_MAX_RESULT", "100K"));
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"query": "SELECT 1", "engine": "spark"}     | engine     | "spark" is no engine of this coordinator
            {"query": "SELECT 1", "limit": -1}           | limit      | 0 or more rows
            {"query": "SELECT 1", "limit": "many"}       | limit      | an integer was expected
            {"query": "SELECT 1", "timeout_ms": 600001}  | timeout_ms | 1 to 600000 was expected
            {"query": "SELECT 1", "timeout_ms": 0}       | timeout_ms | 1 to 600000 was expected
            {"query": " "}                               | query      | a SELECT statement was expected
            {"query": "SELECT 1"                         | body       | is not JSON (line 1, column
            """)
    void refuseABadRequest(String body, String field, String message) {
        JsonNode problem = problem(Http.post(coordinator.at("/query"), body), 422, "invalid_request");

        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(problem.path("errors").path(0).path("message").asText()).contains(message);
    }

    @Test
    void areThoseOfTheVariables() {
        assertThat(coordinator.metric("duckfleet_coordinator_duckdb_threads")).isEqualTo(3);
    }

    @Test
    void takeDuckDbAsTheEngine() {
        assertThat(Http.post(coordinator.at("/query"), "{\"query\": \"SELECT 1\", \"engine\": \"duckdb\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void cutTheRowsToTheLimit() {
        assertThat(Http.post(
                                coordinator.at("/query?format=ndjson"),
                                "{\"query\": \"FROM range(9) t(i)\", \"limit\": 2}")
                        .body())
                .isEqualTo("{\"i\":0}\n{\"i\":1}\n");
    }

    @Test
    void refuseAResultThatIsTooLarge() {
        HttpResponse<String> answer = Http.post(
                coordinator.at("/query?format=csv"),
                Json.object("query", "SELECT i, md5(i::VARCHAR) FROM range(10000) t(i)"));

        assertThat(problem(answer, 413, "result_too_large").path("detail").asText())
                .contains("ask for fewer rows");
    }

    @Test
    void failAQueryThatUsesUpMemoryAndDiskAlone() {
        HttpResponse<String> answer = coordinator.query(
                "SELECT count(*) FROM (SELECT hash(i) AS h, md5(i::VARCHAR) AS m FROM range(6000000) t(i) ORDER BY h, m) WHERE m > 'a'");

        problem(answer, 413, "memory_limit");
        assertThat(coordinator.query("SELECT 1 AS one").body()).isEqualTo("{\"one\":1}\n");
    }

    @Test
    void refuseMoreQueriesThanMayRunAndWait() {
        String waiting = ENDLESS + " AND true";
        CompletableFuture<HttpResponse<String>> first = endless(ENDLESS, "running");
        CompletableFuture<HttpResponse<String>> second = endless(waiting, "queued");

        HttpResponse<String> third = coordinator.query("SELECT 1");

        problem(third, 429, "overloaded");
        assertThat(third.headers().firstValue("Retry-After")).contains("1");
        cancel(waiting);
        problem(second.join(), 409, "cancelled");
        assertThat(state(ENDLESS)).isEqualTo("running");
        cancel(ENDLESS);
        problem(first.join(), 409, "cancelled");
    }

    private static CompletableFuture<HttpResponse<String>> endless(String sql, String state) {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> coordinator.query(sql, 600_000), Thread::startVirtualThread);
        Await.until("the query is " + state, () -> state(sql).equals(state));
        return answer;
    }

    private static void cancel(String sql) {
        Http.delete(coordinator.at("/queries/" + entry(sql).path("query_id").asText()));
    }

    private static String state(String sql) {
        return entry(sql).path("state").asText();
    }

    private static JsonNode entry(String sql) {
        for (JsonNode query : coordinator.get("/queries").path("queries")) {
            if (query.path("query").asText().equals(sql)) {
                return query;
            }
        }
        return Json.read("{}");
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }
}
