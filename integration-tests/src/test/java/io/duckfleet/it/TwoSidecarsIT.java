package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two sidecars on one lake keep its Iceberg tables, one at a time; when one is gone, the other goes on.
class TwoSidecarsIT {

    private static final Map<String, String> QUICK = Map.of(
            "ICEBERG_ENABLED", "true",
            "DUCKFLEET_SIDECAR_ICEBERG_SYNC_EVERY", "200ms",
            "DUCKFLEET_SIDECAR_MAINTENANCE_ENABLED", "false");

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void bothKeepTheIcebergTablesAndOneGoesOnAlone() {
        try (OwnLake lake = OwnLake.start(fleet, "twosidecars", QUICK);
                ChildService second = lake.anotherSidecar();
                IcebergReader reader = new IcebergReader(lake.settings())) {
            ingest(lake.sidecar(), 1);
            ingest(second, 2);
            Await.until("both records are shown", () -> reader.rows("t") == 2);
            Await.until("both sidecars have been at it", () -> shown(lake.sidecar()) == 1 && shown(second) == 1);
            assertHealthy(lake.sidecar());
            assertHealthy(second);

            lake.sidecar().kill();
            ingest(second, 3);

            Await.until("the record is shown by the other", () -> reader.rows("t") == 3);
            assertHealthy(second);
        }
    }

    private static void ingest(ChildService sidecar, int id) {
        assertThat(Http.post(
                                sidecar.at("/ingest"),
                                Json.write(Map.of("table_name", "t", "records", List.of(Map.of("id", id)))))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertHealthy(ChildService sidecar) {
        JsonNode health = health(sidecar);
        assertThat(health.path("status").asText()).as(health.toString()).isEqualTo("healthy");
        assertThat(health.path("iceberg").has("failed")).isFalse();
    }

    private static int shown(ChildService sidecar) {
        return health(sidecar).path("iceberg").path("tables").asInt();
    }

    private static JsonNode health(ChildService sidecar) {
        return Json.read(Http.get(sidecar.at("/health")).body());
    }
}
