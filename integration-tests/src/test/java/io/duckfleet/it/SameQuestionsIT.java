package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries that ask the same share a run, where one query runs at once.
class SameQuestionsIT {

    /// Runs for minutes, if nobody stops it.
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) % 7 = j";

    private static final String SHARED = "duckfleet_coordinator_queries_shared_total";
    private static final int CLIENTS = 8;

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static OwnLake lake;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "samequestions", Map.of("DUCKFLEET_COORDINATOR_MAX_RUNNING", "1"));
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "text", "arrow", "parquet"})
    void areAnsweredTogether(String format) {
        String sql = "SELECT i, i * 7 AS n FROM range(9000) r(i) ORDER BY i DESC /* %s */".formatted(format);
        double before = lake.coordinator().metric(SHARED);
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (Occupied turn = Occupied.take()) {
            answers = askTogether(format, sql);
            turn.awaitQueued(sql, CLIENTS);
        }

        String alone = rows(format, ask(format, sql));
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(rows(format, answer.join())).isEqualTo(alone);
        }
        assertThat(lake.coordinator().metric(SHARED) - before).isBetween(CLIENTS / 2.0, CLIENTS - 1.0);
        Await.until("all have ended", () -> count(sql, "finished") == CLIENTS + 1);
        assertThat(lake.coordinator().metric("duckfleet_coordinator_scratch_files"))
                .isZero();
        assertThat(lake.coordinator().metric("duckfleet_coordinator_sessions")).isZero();
    }

    @Test
    void areRefusedTogether() {
        String sql = "SELECT CAST('a' || i AS INTEGER) FROM range(3) r(i)";
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (Occupied turn = Occupied.take()) {
            answers = askTogether("json", sql);
            turn.awaitQueued(sql, CLIENTS);
        }

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(400);
            assertThat(Json.read(answer.join().body()).path("detail").asText()).contains("'a0'");
        }
        assertThat(count(sql, "failed")).isEqualTo(CLIENTS);
    }

    /// Those who asked the same as a query that is cancelled have nothing to do with that.
    @Test
    void areCancelledOneByOne() {
        String sql = "SELECT count(*) FROM range(1000) r(i)";
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (Occupied turn = Occupied.take()) {
            answers = askTogether("json", sql);
            turn.awaitQueued(sql, CLIENTS);
            entries(sql).stream().limit(3).forEach(SameQuestionsIT::cancel);
            Await.until("three are cancelled", () -> count(sql, "cancelled") == 3);
        }

        List<Integer> status = answers.stream()
                .map(answer -> answer.join().statusCode())
                .sorted()
                .toList();
        assertThat(status).containsExactly(200, 200, 200, 200, 200, 409, 409, 409);
    }

    /// Who has been told that a record is there sees it, whatever others ask at the time.
    @Test
    void areNeverAnsweredFromBeforeTheyWereAsked() throws InterruptedException, ExecutionException {
        AtomicLong committed = new AtomicLong();
        lake.ingest("seen", List.of(Map.of("n", 0)));
        committed.incrementAndGet();
        double before = lake.coordinator().metric(SHARED);
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int turn = 0; turn < 12; turn++) {
                        lake.ingest("seen", List.of(Map.of("n", turn)));
                        long known = committed.incrementAndGet();
                        assertThat(seen()).isGreaterThanOrEqualTo(known);
                    }
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(seen()).isEqualTo(committed.get());
        assertThat(lake.coordinator().metric(SHARED)).isGreaterThan(before);
    }

    private static long seen() {
        return lake.post("/query", Map.of("query", "SELECT count(*) AS n FROM seen"))
                .path("results")
                .path(0)
                .path("n")
                .asLong();
    }

    private static HttpResponse<String> ask(String format, String sql) {
        return Http.post(lake.at("/query?format=" + format), Json.object("query", sql));
    }

    private static List<CompletableFuture<HttpResponse<String>>> askTogether(String format, String sql) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.supplyAsync(() -> ask(format, sql), Thread::startVirtualThread))
                .toList();
    }

    /// The answer without what tells of the single query.
    private static String rows(String format, HttpResponse<String> answer) {
        return format.equals("json") ? Json.read(answer.body()).path("results").toString() : answer.body();
    }

    private static List<JsonNode> entries(String sql) {
        return StreamSupport.stream(lake.get("/queries").path("queries").spliterator(), false)
                .filter(entry -> entry.path("query").asText().equals(sql))
                .toList();
    }

    private static long count(String sql, String state) {
        return entries(sql).stream()
                .filter(entry -> entry.path("state").asText().equals(state))
                .count();
    }

    private static void cancel(JsonNode entry) {
        Http.delete(lake.at("/queries/" + entry.path("query_id").asText()));
    }

    /// The one turn, taken by a query that runs until this is closed.
    private record Occupied(CompletableFuture<HttpResponse<String>> running) implements AutoCloseable {

        static Occupied take() {
            CompletableFuture<HttpResponse<String>> running = CompletableFuture.supplyAsync(
                    () -> lake.coordinator().query(ENDLESS, 600_000), Thread::startVirtualThread);
            Await.until("the query runs", () -> count(ENDLESS, "running") == 1);
            return new Occupied(running);
        }

        void awaitQueued(String sql, int queries) {
            Await.until("all wait", () -> count(sql, "queued") == queries);
        }

        @Override
        public void close() {
            entries(ENDLESS).stream()
                    .filter(entry -> entry.path("state").asText().equals("running"))
                    .forEach(SameQuestionsIT::cancel);
            assertThat(running.join().statusCode()).isEqualTo(409);
        }
    }
}
