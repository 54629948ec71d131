package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.cli.local.SampleTable;
import io.duckfleet.common.lake.LakeSettings;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A lake that comes and goes under a coordinator, and tables in it that come.
class LakeAwayIT {

    private static final String MEMORY = "duckfleet_coordinator_duckdb_memory_bytes";
    private static final int CACHED = 4 << 20;

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    private static FaultProxy catalog;
    private static OwnCoordinator coordinator;

    @BeforeAll
    static void start() {
        LakeSettings lake = fleet.local().lake();
        catalog = new FaultProxy(lake.catalog().port());
        int airports = fleet.local().node(SampleTable.AIRPORTS).getPort();
        Map<String, Object> node = Map.of("url", "http://127.0.0.1", "port", airports, "table_name", "airports");
        coordinator = OwnCoordinator.over(Map.of("airports", node, "clash", node), variables(lake));
        awaitLake();
    }

    @AfterAll
    static void stop() {
        coordinator.close();
        catalog.close();
    }

    @Test
    void queriesOverNodesGoOnWhileTheLakeIsAway() {
        catalog.down();
        try {
            assertThat(rows("SELECT count(*) AS n FROM airports WHERE iata = 'KEF'"))
                    .isEqualTo("{\"n\":1}\n");
            assertThat(coordinator.query("SELECT nonsense FROM airports").statusCode())
                    .isEqualTo(400);
            HttpResponse<String> answer = coordinator.query("SELECT count(*) AS n FROM trips");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("catalog_unreachable");
        } finally {
            catalog.up();
        }
        Await.until(
                "the lake answers again",
                () -> coordinator
                        .query("SELECT count(*) > 0 AS n FROM trips")
                        .body()
                        .equals("{\"n\":true}\n"));
    }

    @Test
    void aNewTableAppearsByItself() {
        ingest("newcomers", List.of(Map.of("id", 1)));

        assertThat(rows("SELECT id FROM newcomers")).isEqualTo("{\"id\":1}\n");
        assertThat(coordinator.table("newcomers")).isPresent();
    }

    @Test
    void aNodesTableWinsAClashAndTheLakesIsCalledLake() {
        ingest("clash", List.of(Map.of("only_in_lake", 7)));

        assertThat(rows("SELECT count(*) AS n FROM clash WHERE iata = 'KEF'")).isEqualTo("{\"n\":1}\n");
        assertThat(rows("SELECT only_in_lake FROM lake.clash")).isEqualTo("{\"only_in_lake\":7}\n");
        assertThat(rows("SELECT only_in_lake FROM lake.clash, clash WHERE iata = 'KEF'"))
                .isEqualTo("{\"only_in_lake\":7}\n");
    }

    @Test
    void onlyTheFilesOfTheWantedDayAreRead() {
        for (int day = 1; day <= 5; day++) {
            ingest("daily", List.of(Map.of("n", day, "partition_date", "2026-03-0" + day)));
        }
        String all = analyzed("SELECT sum(n) FROM daily");
        String one = analyzed("SELECT sum(n) FROM daily WHERE partition_date = DATE '2026-03-04'");

        assertThat(all).containsPattern("Total Files Read: 5");
        assertThat(one).containsPattern("Total Files Read: 1");
    }

    /// What DuckDB caches of them would fill its memory otherwise, query by query.
    @Test
    void fragmentsThatAreGoneDoNotFillTheMemory() {
        ingest("one", List.of(Map.of("one", 1)));
        Set<Boolean> grew = new HashSet<>();
        double before = coordinator.metric(MEMORY);

        Await.until("memory was taken and given back", () -> {
            rows("SELECT count(DISTINCT a) AS n FROM airports a, one");
            grew.add(coordinator.metric(MEMORY) > before + CACHED);
            return grew.contains(true) && coordinator.metric(MEMORY) < before + CACHED / 2;
        });
    }

    private static String analyzed(String sql) {
        return Json.read(Http.post(coordinator.at("/explain"), Json.write(Map.of("query", sql, "analyze", true)))
                        .body())
                .path("local_plan")
                .asText();
    }

    private static void awaitLake() {
        Await.until(
                "the lake is attached",
                () -> coordinator.get("/health").path("problems").isEmpty());
    }

    private static String rows(String sql) {
        HttpResponse<String> answer = coordinator.query(sql);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void ingest(String table, List<Map<String, Object>> records) {
        HttpResponse<String> answer = Http.post(
                fleet.local().sidecar().resolve("/ingest"),
                Json.write(Map.of("table_name", table, "records", records)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Map<String, String> variables(LakeSettings lake) {
        Map<String, String> variables = new HashMap<>();
        variables.put("S3_ENDPOINT", lake.s3().endpoint().toString());
        variables.put("S3_ACCESS_KEY", lake.s3().accessKey());
        variables.put("S3_SECRET_KEY", lake.s3().secretKey());
        variables.put("S3_BUCKET", lake.s3().bucket());
        variables.put("S3_REGION", lake.s3().region());
        variables.put("CATALOG_HOST", "127.0.0.1");
        variables.put("CATALOG_PORT", Integer.toString(catalog.port()));
        variables.put("CATALOG_DATABASE", lake.catalog().database());
        variables.put("CATALOG_USER", lake.catalog().user());
        variables.put("CATALOG_PASSWORD", lake.catalog().password());
        variables.put("CATALOG_SCHEMA", lake.catalog().schema());
        variables.put("DUCKDB_MEMORY_LIMIT", "64MB");
        variables.put("DUCKFLEET_COORDINATOR_FRAGMENT_CACHE", "0");
        return variables;
    }
}
