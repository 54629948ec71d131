package io.duckfleet.sidecar.crash;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.duckfleet.sidecar.crash.KillableFleet.Part;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S3 or the catalog is away for a while: batches are refused with the reason, single records are buffered,
/// and all is well again by itself.
class OutageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void anOutageIsToldAndEndsByItself() throws Exception {
        try (KillableFleet fleet = new KillableFleet(folder)) {
            at(fleet).body(batch(0)).post("/ingest").then().statusCode(200);

            fleet.kill(Part.S3);
            refuses(fleet, 1, "connected", "bucket", "storage_unreachable");
            fleet.start(Part.S3);
            fleet.awaitHealth();

            fleet.kill(Part.POSTGRES);
            refuses(fleet, 2, "disconnected", "catalog", "catalog_unreachable");
            fleet.start(Part.POSTGRES);
            fleet.awaitHealth();

            at(fleet).post("/flush?table_name=t").then().statusCode(200);
            at(fleet)
                    .get("/table/t/count")
                    .then()
                    .statusCode(200)
                    .body("lake_count", equalTo(3))
                    .body("buffered_count", equalTo(0));
        }
    }

    private static void refuses(KillableFleet fleet, int n, String database, String reason, String code) {
        awaitDegraded(fleet);
        at(fleet)
                .get("/health")
                .then()
                .statusCode(503)
                .body("status", equalTo("degraded"))
                .body("database", equalTo(database))
                .body("reasons", hasItem(containsString(reason)));
        at(fleet).get("/health/ready").then().statusCode(503);
        at(fleet).get("/health/live").then().statusCode(200);
        at(fleet)
                .body(batch(n))
                .post("/ingest")
                .then()
                .statusCode(502)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
        at(fleet)
                .body("{\"data\":{\"n\":%d}}".formatted(n))
                .post("/ingest/stream?table_name=t")
                .then()
                .statusCode(200);
    }

    /// The state of catalog and S3 is looked at once a second.
    private static void awaitDegraded(KillableFleet fleet) {
        Instant end = Instant.now().plus(PATIENCE);
        while (at(fleet).get("/health").statusCode() != 503 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
    }

    private static RequestSpecification at(KillableFleet fleet) {
        return given().baseUri(fleet.sidecar().toString()).contentType("application/json");
    }

    private static String batch(int n) {
        return "{\"table_name\":\"t\",\"records\":[{\"n\":%d}]}".formatted(n);
    }
}
