package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Maintenance by request, with a reader of the lake beside it.
@QuarkusTest
@TestProfile(MaintenanceTest.AtOnce.class)
@QuarkusTestResource(LakeBackends.class)
class MaintenanceTest {

    /// Nothing is kept for longer than needed, and nothing happens by itself.
    public static final class AtOnce implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "duckfleet.sidecar.maintenance.enabled", "false",
                    "duckfleet.sidecar.maintenance.grace-for-readers", "0s",
                    "duckfleet.sidecar.maintenance.keep-snapshots", "1s",
                    "duckfleet.sidecar.maintenance.merge-files", "3",
                    "duckfleet.sidecar.maintenance.max-snapshots", "1");
        }
    }

    LakeBackends lake = new LakeBackends();

    private static void ingest(String table, String day, int id) {
        given().body("{\"table_name\":\"%s\",\"partition_date\":\"%s\",\"records\":[{\"id\":%d}]}"
                        .formatted(table, day, id))
                .post("/ingest")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse maintain(String task) {
        return given().post("/maintenance/" + task).then();
    }

    private List<String> rows(String sql) {
        return lake.reader().withSession(session -> session.queryTexts(sql));
    }

    private static void fill(String table, int files) {
        for (int i = 0; i < files; i++) {
            ingest(table, "2025-03-0" + (i % 2 + 1), i);
        }
    }

    @Test
    void mergesSmallFilesOfClosedPartitionsAndRemovesThem() {
        fill("crumbs", 8);
        assertThat(lake.objects("data/crumbs")).hasSize(8);

        maintain("merge")
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("task", equalTo("merge"))
                .body("done", greaterThanOrEqualTo(8))
                .body("finished", equalTo(true))
                .body("backlog.small_files", equalTo(0))
                .body("backlog.files_to_remove", greaterThanOrEqualTo(8))
                .body("timestamp", notNullValue());
        given().get("/health").then().statusCode(200).body("maintenance.snapshots", greaterThan(0));
        maintain("cleanup").statusCode(200).body("done", greaterThanOrEqualTo(8));

        assertThat(lake.objects("data/crumbs")).hasSize(2);
        assertThat(rows("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.crumbs"))
                .containsExactly("8 8");
    }

    @Test
    void expiresSnapshotsButTheNewest() {
        fill("aged", 4);

        maintain("expire")
                .statusCode(200)
                .body("done", greaterThan(0))
                .body("backlog.snapshots", greaterThanOrEqualTo(1));

        assertThat(rows("SELECT count(*) FROM lake.data.aged")).containsExactly("4");
        ingest("aged", "2025-03-01", 5);
        assertThat(rows("SELECT count(*) FROM lake.data.aged")).containsExactly("5");
    }

    @Test
    void removesOrphansAndNothingElse() {
        ingest("kept", "2025-03-01", 1);
        String folder = "data/kept/year=2025/month=3/day=1/";
        String orphan = folder + "ducklake-01a1feb8-cfcb-7dce-8860-a558c97669c1.parquet";
        lake.backends().putOldObject("tested", orphan);
        lake.backends().putOldObject("tested", folder + "mine.parquet");
        lake.backends().putOldObject("tested", "samples/ducklake-01a1feb8-cfcb-7dce-8860-a558c97669c1.parquet");
        lake.backends().makeOld("tested", "data/kept");

        maintain("orphans").statusCode(200).body("done", equalTo(1));

        assertThat(lake.objects("data/kept"))
                .hasSize(2)
                .contains(folder + "mine.parquet")
                .doesNotContain(orphan);
        assertThat(lake.objects("samples")).hasSize(1);
        assertThat(rows("SELECT count(*) FROM lake.data.kept")).containsExactly("1");
    }

    @Test
    void isNoTroubleForCommits() {
        fill("busy", 4);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<Integer>> maintenance = CompletableFuture.supplyAsync(() -> {
            List<Integer> statuses = new ArrayList<>();
            while (!done.get()) {
                statuses.add(given().post("/maintenance/merge").statusCode());
                statuses.add(given().post("/maintenance/expire").statusCode());
                statuses.add(given().post("/maintenance/cleanup").statusCode());
            }
            return statuses;
        });

        for (int i = 4; i < 40; i++) {
            ingest("busy", "2025-03-0" + (i % 2 + 1), i);
        }
        done.set(true);

        assertThat(maintenance.join()).isNotEmpty().containsOnly(200);
        maintain("merge").statusCode(200).body("backlog.small_files", equalTo(0));
        assertThat(rows("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.busy"))
                .containsExactly("40 40");
    }

    @Test
    void oneSidecarAtATime() {
        lake.backends().whileLocked("duckfleet.maintenance", "tested", () -> {
            maintain("merge").statusCode(429).header("Retry-After", notNullValue());
            return true;
        });

        maintain("merge").statusCode(200);
    }

    @Test
    void tellsWhichTasksThereAre() {
        maintain("tidy").statusCode(404).body("code", equalTo("not_found"));
        maintain("sync").statusCode(404).body("detail", containsString("ICEBERG_ENABLED"));
        given().get("/metrics").then().statusCode(200);
        assertThat(given().get("/metrics").asString())
                .contains("duckfleet_lake_small_files", "duckfleet_lake_snapshots");
    }
}
