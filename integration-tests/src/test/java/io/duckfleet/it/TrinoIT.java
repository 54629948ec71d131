package io.duckfleet.it;

import static io.duckfleet.it.SmallLake.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.local.DataDirectory;
import io.duckfleet.cli.local.Installation;
import io.duckfleet.cli.local.LocalFleet;
import io.duckfleet.cli.local.LocalFleetSettings;
import io.duckfleet.cli.local.LocalTrino;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.cli.terminal.Progress;
import io.duckfleet.cli.trino.TrinoInstaller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fleet with a real Trino beside it, as `duckfleet start --with-trino` runs it: `mvn verify -Ptrino`
/// fetches one (821 MB). The coordinator's own DuckDB is the oracle.
@Tag("trino")
class TrinoIT {

    /// Runs for hours, if nobody stops it.
    private static final String ENDLESS =
            "SELECT count(*) AS %s FROM trips a CROSS JOIN trips b CROSS JOIN trips c WHERE a.fare_amount + b.fare_amount = c.fare_amount + 0.001";

    private static final int HEAP = 1500;

    private static LocalFleet fleet;
    private static OwnCoordinator small;

    @BeforeAll
    static void start() throws IOException {
        LocalTrino trino =
                new LocalTrino(TrinoInstaller.standard(Progress.silent()).install(), HEAP);
        LocalFleetSettings settings = new LocalFleetSettings(
                new Installation(Path.of(System.getProperty("duckfleet.root"))),
                new DataDirectory(Files.createTempDirectory("duckfleet-it-trino-")),
                PortLayout.free());
        fleet = LocalFleet.start(settings.with(Optional.of(trino)));
        fleet.loadTrips();
        small = OwnCoordinator.over(
                Map.of(),
                Map.of(
                        "TRINO_URL",
                        "http://localhost:" + settings.ports().trino(),
                        "DUCKFLEET_COORDINATOR_MAX_RESULT",
                        "64K"));
    }

    @AfterAll
    static void stop() {
        small.close();
        fleet.close();
    }

    @Test
    void answersInTheCoordinatorsShape() {
        JsonNode answer = ok(trino("/query", "SELECT count(*) AS n, 7/2 AS half FROM trips", Map.of()));

        JsonNode count = ok(duckDb("/query", "SELECT count(*) AS n FROM trips"));
        assertThat(answer.path("results").path(0).path("n"))
                .isEqualTo(count.path("results").path(0).path("n"));
        assertThat(answer.path("results").path(0).path("half").asInt()).isEqualTo(3);
        assertThat(answer.path("columns")).hasToString("[\"n\",\"half\"]");
        assertThat(answer.path("column_types")).hasToString("[\"BIGINT\",\"INTEGER\"]");
        assertThat(answer.path("source_tables")).hasToString("[\"trips\"]");
        assertThat(answer.path("row_count").asInt()).isOne();
        assertThat(answer.path("nodes")).isEmpty();
        assertThat(answer.path("engine").asText()).isEqualTo("trino");
        assertThat(answer.path("trino_query_id").asText()).isNotEmpty();
        JsonNode entry = Json.read(
                Http.get(coordinator("/queries/" + answer.path("query_id").asText()))
                        .body());
        assertThat(entry.path("state").asText()).isEqualTo("finished");
        assertThat(entry.path("row_count").asInt()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv", "text", "arrow", "parquet"})
    void answersInEveryFormatAsDuckDbDoes(String format) {
        String sql =
                "SELECT partition_date, tpep_pickup_datetime, passenger_count, fare_amount, store_and_fwd_flag FROM trips ORDER BY tpep_pickup_datetime, fare_amount, total_amount LIMIT 50";

        HttpResponse<String> trino = trino("/query?format=" + format, sql, Map.of());

        HttpResponse<String> duckDb = duckDb("/query?format=" + format, sql);
        assertThat(trino.statusCode()).as(trino.body()).isEqualTo(200);
        assertThat(trino.headers().firstValue("Content-Type"))
                .isEqualTo(duckDb.headers().firstValue("Content-Type"));
        assertThat(trino.body()).isEqualTo(duckDb.body());
    }

    @Test
    void keepsTypesAndValues() {
        JsonNode row = ok(trino("/query", """
                                SELECT true AS b, TINYINT '-1' AS t, 9007199254740993 AS i, REAL '1.5' AS r, nan() AS nan,
                                  DECIMAL '12345678901234567890.123' AS dec, DATE '1582-10-04' AS d, TIME '12:34:56.789012' AS ti,
                                  TIMESTAMP '2024-03-31 02:30:00.123456' AS ts, TIMESTAMP '2024-01-01 12:00:00 Europe/Berlin' AS tz,
                                  X'00ff' AS bin, JSON '{"a":[1]}' AS j, UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59' AS u,
                                  'it''s' AS s, CAST(NULL AS bigint) AS n, INTERVAL '1' DAY AS iv, ARRAY[1, NULL] AS a,
                                  MAP(ARRAY['k'], ARRAY[DECIMAL '1.10']) AS m,
                                  CAST(ROW(1, ROW('x', TIMESTAMP '2024-01-01 12:00:00 UTC')) AS ROW(a bigint, "b c" ROW(d varchar, e timestamp(3) with time zone))) AS r2,
                                  ARRAY[X'00ff'] AS ab, ARRAY[DATE '2024-02-29'] AS ad, ROW(1, 'x') AS anon
                                """, Map.of())).path("results").path(0);

        assertThat(row).isEqualTo(Json.read("""
                        {"b": true, "t": -1, "i": 9007199254740993, "r": 1.5, "nan": null, "dec": 12345678901234567890.123, "d": "1582-10-04",
                         "ti": "12:34:56.789012", "ts": "2024-03-31T02:30:00.123456", "tz": "2024-01-01T11:00:00Z", "bin": "AP8=", "j": {"a": [1]},
                         "u": "12151fd2-7586-11e9-8f9e-2a86e4085a59", "s": "it's", "n": null, "iv": "1 00:00:00.000", "a": [1, null], "m": {"k": 1.10},
                         "r2": {"a": 1, "b c": {"d": "x", "e": "2024-01-01T12:00:00Z"}}, "ab": ["AP8="], "ad": ["2024-02-29"],
                         "anon": {"field0": 1, "field1": "x"}}
                        """));
    }

    @Test
    void boundsRowsAndBytes() {
        assertThat(ok(trino("/query", "SELECT * FROM trips", Map.of("limit", 7)))
                        .path("row_count")
                        .asInt())
                .isEqualTo(7);
        JsonNode none = ok(trino("/query", "SELECT fare_amount FROM trips WHERE false", Map.of()));
        assertThat(none.path("results")).isEmpty();
        assertThat(none.path("columns")).hasToString("[\"fare_amount\"]");
        problem(
                ask(small.at("/query"), "SELECT x, 'some text' FROM UNNEST(sequence(1, 10000)) t(x)", Map.of()),
                413,
                "result_too_large");
    }

    @Test
    void tellsTrinosErrorsAsItsOwn() {
        String sql = "SELECT a,\n  FROM trips";

        assertThat(problem(trino("/query", sql, Map.of()), 400, "sql_syntax")
                        .path("position")
                        .asInt())
                .isEqualTo(sql.indexOf("FROM"));
        assertThat(problem(trino("/query", " SELECT nope FROM trips", Map.of()), 400, "unknown_column")
                        .path("position")
                        .asInt())
                .isEqualTo(8);
        problem(trino("/query", "SELECT * FROM nowhere", Map.of()), 400, "unknown_table");
        problem(trino("/query", "SELECT 1/0", Map.of()), 400, "sql_failed");
        problem(trino("/query", "SELECT * FROM airports", Map.of()), 400, "unknown_table");
    }

    @Test
    void explains() {
        String sql = "SELECT count(*) FROM trips WHERE fare_amount > 10";

        assertThat(ok(trino("/explain", sql, Map.of())).path("plan").asText())
                .contains("ScanFilter", "fare_amount")
                .doesNotContain("CPU:");
        assertThat(ok(trino("/explain", sql, Map.of("analyze", true)))
                        .path("plan")
                        .asText())
                .contains("CPU:");
        assertThat(ok(trino("/query", "EXPLAIN " + sql, Map.of())).path("columns"))
                .hasToString("[\"Query Plan\"]");
    }

    @Test
    void stopsAQueryAtTrino() {
        String sql = ENDLESS.formatted("to_cancel");
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> trino("/query", sql, Map.of("timeout_ms", 600_000)));
        Await.until("Trino runs it", () -> atTrino("to_cancel").contains("RUNNING"));

        Http.delete(coordinator("/queries/" + idOf(sql)));

        problem(answer.join(), 409, "cancelled");
        Await.until("Trino has stopped it", () -> atTrino("to_cancel").equals(List.of("FAILED")));
    }

    @Test
    void endsAQueryAtItsDeadline() {
        problem(trino("/query", ENDLESS.formatted("in_time"), Map.of("timeout_ms", 2_000)), 504, "deadline");

        Await.until("Trino has stopped it", () -> atTrino("in_time").stream().allMatch("FAILED"::equals));
    }

    /// The query that users know: by the parts of the partition's date.
    @Test
    void readsTheLakeByTheColumnsOfItsPartitions() {
        for (String date : List.of("2025-11-30", "2025-12-01", "2025-12-31")) {
            Http.post(
                    fleet.sidecar().resolve("/ingest"),
                    Json.write(Map.of(
                            "table_name", "events", "partition_date", date, "records", List.of(Map.of("id", date)))));
        }
        Http.post(fleet.sidecar().resolve("/maintenance/sync"), "");

        JsonNode answer =
                ok(trino("/query", "SELECT * FROM iceberg.public.events WHERE year=2025 AND month=12", Map.of()));

        assertThat(answer.path("row_count").asInt()).isEqualTo(2);
        assertThat(answer.path("source_tables")).hasToString("[\"iceberg.public.events\"]");
    }

    private static List<String> atTrino(String marker) {
        JsonNode answer = ok(trino(
                "/query",
                "SELECT state FROM system.runtime.queries WHERE query LIKE 'SELECT count(*) AS %s%%'".formatted(marker),
                Map.of()));
        return StreamSupport.stream(answer.path("results").spliterator(), false)
                .map(row -> row.path("state").asText())
                .toList();
    }

    private static String idOf(String sql) {
        JsonNode queries = Json.read(Http.get(coordinator("/queries")).body()).path("queries");
        return StreamSupport.stream(queries.spliterator(), false)
                .filter(entry -> entry.path("query").asText().equals(sql))
                .findFirst()
                .orElseThrow()
                .path("query_id")
                .asText();
    }

    private static HttpResponse<String> trino(String path, String sql, Map<String, Object> more) {
        return ask(coordinator(path), sql, more);
    }

    private static HttpResponse<String> ask(URI address, String sql, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("query", sql);
        body.put("engine", "trino");
        return Http.post(address, Json.write(body));
    }

    private static HttpResponse<String> duckDb(String path, String sql) {
        return Http.post(coordinator(path), Json.object("query", sql));
    }

    private static URI coordinator(String path) {
        return fleet.coordinator().resolve(path);
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }
}
