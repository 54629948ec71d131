package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// What the service tells of its tables and of itself.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class OverviewTest extends LakeLook {

    @Test
    void tellsOfTables() {
        ingest("{\"table_name\":\"Told\",\"records\":[{\"a\":1},{\"a\":2}]}").statusCode(200);

        ingest("{\"table_name\":\"TOLD\",\"records\":[{\"A\":3}]}")
                .statusCode(200)
                .body("s3_path", containsString("/data/Told/"));
        given().get("/tables")
                .then()
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("tables", hasItem("Told"));
        given().get("/table/told/count")
                .then()
                .statusCode(200)
                .body("lake_count", equalTo(3))
                .body("buffered_count", equalTo(0));
        given().get("/table/told/schema")
                .then()
                .statusCode(200)
                .body("schema.column_name", hasItems("a", "partition_date", "ingested_at", "record_id"))
                .body("schema[0].column_type", equalTo("BIGINT"))
                .body("schema[0].null", equalTo("YES"));
        given().get("/table/tolt/count").then().statusCode(404).body("detail", containsString("Told"));
        given().get("/table/to-ld/count").then().statusCode(400);
    }

    @Test
    void tellsOfItself() {
        given().get("/")
                .then()
                .statusCode(200)
                .body("service", equalTo("duckdb-sidecar"))
                .body("s3_config.bucket", equalTo("lake-tested"))
                .body("s3_config.region", equalTo("us-east-1"))
                .body("$", not(hasItem("secret")));
        given().get("/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("healthy"))
                .body("service", equalTo("duckdb-sidecar"))
                .body("s3_bucket", equalTo("lake-tested"))
                .body("database", equalTo("connected"))
                .body("key_ledger", equalTo("catalog"))
                .body("timestamp", notNullValue());
        given().get("/health/live").then().statusCode(200);
        given().get("/health/ready").then().statusCode(200);
        given().get("/openapi.json").then().statusCode(200).body("paths.'/ingest'.post", notNullValue());
        given().get("/docs").then().statusCode(200);
        given().get("/metrics").then().statusCode(200).body(containsString("duckfleet_commits_seconds"));
        given().get("/ingest").then().statusCode(405).contentType("application/problem+json");
    }
}
