package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service with the Iceberg tables turned on: they follow by themselves, by request, and before files go.
@QuarkusTest
@TestProfile(IcebergTest.Shown.class)
@QuarkusTestResource(LakeBackends.class)
class IcebergTest extends LakeLook {

    public static final class Shown implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ICEBERG_ENABLED", "true",
                    "duckfleet.sidecar.iceberg.sync-every", "1h",
                    "duckfleet.sidecar.maintenance.enabled", "false",
                    "duckfleet.sidecar.maintenance.grace-for-readers", "0s");
        }
    }

    private List<String> metadata(String table) {
        return lake.objects("data/" + table).stream()
                .filter(key -> key.startsWith("data/%s/metadata/".formatted(table)))
                .toList();
    }

    @Test
    void syncsByRequestAndTellsHowFarItIs() {
        ingest("{\"table_name\":\"events\",\"records\":[{\"id\":1}]}").statusCode(200);
        lake.write("CREATE TABLE lake.data.odd (a INTEGER, v VARIANT)");

        given().post("/maintenance/sync")
                .then()
                .statusCode(200)
                .body("task", equalTo("sync"))
                .body("done", greaterThanOrEqualTo(1))
                .body("finished", equalTo(true));

        assertThat(metadata("events")).contains("data/events/metadata/version-hint.text");
        given().get("/health")
                .then()
                .statusCode(200)
                .body("iceberg.tables", greaterThanOrEqualTo(1))
                .body("iceberg.lag_seconds", greaterThanOrEqualTo(0))
                .body("iceberg.refused", hasKey("odd"))
                .body("iceberg", not(hasKey("failed")));
        assertThat(given().get("/metrics").asString())
                .contains("duckfleet_iceberg_lag_seconds", "duckfleet_iceberg_tables{state=\"refused\"} 1.0");
    }

    @Test
    void followsMergesBeforeFilesGo() {
        for (int i = 0; i < 3; i++) {
            ingest("{\"table_name\":\"crumbs\",\"partition_date\":\"2025-03-01\",\"records\":[{\"id\":%d}]}"
                            .formatted(i))
                    .statusCode(200);
        }
        given().post("/maintenance/merge").then().statusCode(200);
        List<String> afterMerge = metadata("crumbs");

        ingest("{\"table_name\":\"crumbs\",\"partition_date\":\"2025-03-01\",\"records\":[{\"id\":9}]}")
                .statusCode(200);
        given().post("/maintenance/cleanup").then().statusCode(200);

        assertThat(afterMerge).isNotEmpty();
        assertThat(metadata("crumbs")).isNotEmpty().isNotEqualTo(afterMerge);
    }
}
