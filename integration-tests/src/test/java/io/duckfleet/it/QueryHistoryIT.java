package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Queries are remembered, and can be stopped.
class QueryHistoryIT {

    /// Runs for minutes, if nobody stops it.
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) % 7 = j";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void remembersHowAQueryEnded() {
        String id = Json.read(
                        fleet.query("SELECT name FROM airlines LIMIT 3", "json").body())
                .path("query_id")
                .asText();

        JsonNode entry = Json.read(fleet.get(queries("/" + id)).body());
        assertThat(entry.path("query").asText()).isEqualTo("SELECT name FROM airlines LIMIT 3");
        assertThat(entry.path("state").asText()).isEqualTo("finished");
        assertThat(entry.path("row_count").asLong()).isEqualTo(3);
        assertThat(entry.has("error")).isFalse();
        assertThat(entry.path("duration_ms").asDouble()).isPositive();
    }

    @Test
    void remembersWhyAQueryFailed() {
        String sql = "SELECT no_such_column FROM airlines";
        fleet.query(sql, "json");

        JsonNode entry = find(sql).orElseThrow();
        assertThat(entry.path("state").asText()).isEqualTo("failed");
        assertThat(entry.path("error").asText()).contains("no_such_column");
    }

    @Test
    void stopsAQueryThatRuns() {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> fleet.query(ENDLESS, "json"));
        String id = awaitRunning();

        fleet.delete(queries("/" + id));

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).satisfies(stopped -> {
            assertThat(stopped.statusCode()).isEqualTo(409);
            assertThat(Json.read(stopped.body()).path("code").asText()).isEqualTo("cancelled");
        });
        assertThat(Json.read(fleet.get(queries("/" + id)).body()).path("state").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void endsAQueryAtItsDeadline() {
        HttpResponse<String> answer = fleet.post(
                fleet.local().coordinator().resolve("/query"),
                "{\"query\":\"%s\",\"timeout_ms\":300}".formatted(ENDLESS));

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("deadline");
    }

    @Test
    void knowsNoQueryOfAnotherId() {
        assertThat(fleet.get(queries("/none")).statusCode()).isEqualTo(404);
    }

    private static String awaitRunning() {
        Instant patience = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(patience)) {
            Optional<JsonNode> entry =
                    find(ENDLESS).filter(found -> found.path("state").asText().equals("running"));
            if (entry.isPresent()) {
                return entry.get().path("query_id").asText();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the query doesn't run");
    }

    private static Optional<JsonNode> find(String sql) {
        JsonNode entries = Json.read(fleet.get(queries("")).body()).path("queries");
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> entry.path("query").asText().equals(sql))
                .findFirst();
    }

    private static URI queries(String path) {
        return fleet.local().coordinator().resolve("/queries" + path);
    }
}
