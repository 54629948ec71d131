package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `POST /ingest/stream` and `POST /flush` don't take, and what they say then.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class StreamRefusalTest extends StreamLook {

    @Test
    void refusesWhatIsNoRecord() {
        refused("table_name=refused_stream", "", "body");
        refused("table_name=refused_stream", "[]", "body");
        refused("table_name=refused_stream", "{}", "data");
        refused("table_name=refused_stream", "{\"data\":[{\"a\":1}]}", "data");
        refused("table_name=refused_stream", "{\"data\":{\"a\":1},\"data\":{\"a\":1}}", "data");
        refused("table_name=refused_stream", "{\"data\":{\"a\":1,\"A\":2}}", "data.A");
        refused("table_name=refused_stream", "{\"data\":{\"partition_date\":\"soon\"}}", "data.partition_date");
        refused("table_name=refused_stream", "{\"data\":{\"a\":\"\\ud800\"}}", "data.a");
        refused("table_name=refused_stream", "{\"data\":{\"a\":1}} x", "body");
        refused("table_name=a-b", "{\"data\":{\"a\":1}}", "table_name");
        refused("table_name=refused_stream&partition_date=2025-02-30", "{\"data\":{\"a\":1}}", "partition_date");
        stream("table_name=refused_stream", "{\"data\":{\n\"a\":}}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("line", equalTo(2));
        stream("table_name=refused_stream", "x".repeat(129), "{\"data\":{\"a\":1}}")
                .statusCode(422);
        given().get("/ingest/stream").then().statusCode(405).body("code", equalTo("method_not_allowed"));
        refused("partition_date=2026-01-05", "{\"table_name\":\"refused_stream\",\"data\":{\"a\":1}}", "table_name");
        refused("table_name=other", "{\"data\":{\"a\":1},\"table\":\"refused_stream\"}", "table");
        refused("table=refused_stream", "{\"data\":{\"a\":1}}", "table");
        flush("table=refused_stream").statusCode(422).body("errors.field", contains("table"));
        flush("table_name=a-b").statusCode(422).body("errors.field", contains("table_name"));
        flush("partition_date=x").statusCode(422).body("errors.field", contains("partition_date"));
        given().get("/table/refused_stream/count").then().statusCode(404);
    }

    private static void refused(String parameters, String body, String field) {
        stream(parameters, body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        stream("table_name=refused_stream", "{\"data\":{\"a\":\"" + "x".repeat(8 << 20) + "\"}}")
                .statusCode(422);
        stream("table_name=refused_stream", "{\"data\":{\"a\":\"" + "x".repeat(9 << 20) + "\"}}")
                .statusCode(413);
    }

    @Test
    void isDescribed() {
        given().get("/openapi.json")
                .then()
                .statusCode(200)
                .body("paths.'/ingest/stream'.post.summary", startsWith("Puts one record"))
                .body("paths.'/ingest'.post.summary", startsWith("Puts records"))
                .body("paths.'/flush'.post.summary", startsWith("Puts the buffered"))
                .body("info.title", equalTo("Duckfleet sidecar"));
    }

    @Test
    void refusesWhatIsNotCompressedAsItSays() throws IOException {
        byte[] body = "{\"data\":{\"a\":1}}".getBytes(StandardCharsets.UTF_8);
        encoded("table_name=refused_stream", "gzip", body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.field", contains("body"));
        encoded("table_name=refused_stream", "br", body).statusCode(415);
        encoded("table_name=refused_stream", "gzip", Compressed.gzip(new byte[9 << 20]))
                .statusCode(413)
                .body("code", equalTo("body_too_large"));
    }
}
