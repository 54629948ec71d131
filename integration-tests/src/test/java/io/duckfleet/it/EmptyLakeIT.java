package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lake's routes over a lake without tables, and without a lake.
class EmptyLakeIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;
    private static OwnCoordinator withoutLake;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "emptylake", Map.of());
        withoutLake = OwnCoordinator.over(Map.of(), Map.of());
    }

    @AfterAll
    static void stop() {
        lake.close();
        withoutLake.close();
    }

    @Test
    void hasNoRecords() {
        assertThat(lake.get("/query/recent").path("data")).isEmpty();
        assertThat(lake.post("/query/search", Map.of("search_term", "x"))
                        .path("row_count")
                        .asInt())
                .isZero();
        assertThat(lake.post("/query/date-range", Map.of("start_date", "2025-01-01", "end_date", "2025-12-31"))
                        .path("data"))
                .isEmpty();
        assertThat(lake.post("/query/sql", Map.of("query", "SELECT count(*) AS n FROM all_records"))
                        .path("data")
                        .path(0)
                        .path("n")
                        .asInt(-1))
                .isZero();
        assertThat(Http.get(lake.at("/query/id/x")).statusCode()).isEqualTo(404);
    }

    @Test
    void saysSo() {
        JsonNode statistics = lake.get("/statistics");
        assertThat(statistics.path("status").asText()).isEqualTo("success");
        assertThat(statistics.path("query_statistics").toString()).isEqualTo("{}");
        assertThat(statistics.path("file_statistics").toString()).isEqualTo("[]");
        assertThat(lake.get("/files").toString()).isEqualTo("{\"status\":\"success\",\"files\":[],\"total_files\":0}");
        JsonNode schema = lake.get("/schema");
        assertThat(schema.path("status").asText()).isEqualTo("no_data");
        assertThat(schema.path("message").asText()).isNotEmpty();
        assertThat(schema.has("schema")).isFalse();
    }

    @Test
    void knowsItsFirstSnapshots() {
        assertThat(lake.get("/snapshots").path("snapshots")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/statistics", "/files", "/schema", "/snapshots", "/query/recent", "/query/id/7"})
    void isNotConfigured(String path) {
        refused(Http.get(withoutLake.at(path)));
    }

    @Test
    void isNotConfiguredForSearches() {
        refused(Http.post(withoutLake.at("/query/search"), "{\"search_term\": \"x\"}"));
        refused(Http.post(
                withoutLake.at("/query/date-range"), "{\"start_date\": \"2025-01-01\", \"end_date\": \"2025-01-02\"}"));
        refused(Http.post(withoutLake.at("/query/sql"), "{\"query\": \"SELECT 1\"}"));
    }

    @Test
    void allowsNoOtherOriginUnlessThatIsConfigured() {
        HttpRequest.Builder preflight = HttpRequest.newBuilder(withoutLake.at("/query"))
                .header("Origin", "http://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody());
        HttpRequest.Builder request = HttpRequest.newBuilder(lake.at("/sidecar/health"))
                .header("Origin", "http://elsewhere.example")
                .GET();

        assertThat(Http.send(preflight).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(Http.send(request).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void allowsAnOriginThatIsConfigured() {
        Map<String, String> allowed =
                Map.of("QUARKUS_HTTP_CORS_ENABLED", "true", "QUARKUS_HTTP_CORS_ORIGINS", "https://app.example.com");
        try (OwnCoordinator open = OwnCoordinator.over(Map.of(), allowed)) {
            assertThat(allowedFrom(open, "https://app.example.com")).isEqualTo("https://app.example.com");
            assertThat(allowedFrom(open, "https://other.example.com")).isEmpty();
        }
    }

    private static String allowedFrom(OwnCoordinator coordinator, String origin) {
        HttpRequest.Builder request = HttpRequest.newBuilder(coordinator.at("/health"))
                .header("Origin", origin)
                .GET();
        return Http.send(request)
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse("");
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("lake_not_configured");
    }
}
