package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What tests of ingest do again and again: post a body, and look into the lake as any reader would.
abstract class LakeLook {

    LakeBackends lake = new LakeBackends();

    static ValidatableResponse ingest(String body) {
        return ingest("", body);
    }

    static ValidatableResponse ingest(String parameters, String body) {
        return post("/ingest" + parameters, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static ValidatableResponse lines(String parameters, String body) {
        return post("/ingest" + parameters, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8));
    }

    static ValidatableResponse post(String path, String type, byte[] body) {
        return given().body(body).contentType(type).post(path).then();
    }

    static ValidatableResponse file(String parameters, String name, byte[] content) {
        return given().multiPart("file", name, content)
                .post("/ingest/file" + parameters)
                .then();
    }

    List<String> rows(String sql) {
        return lake.reader().withSession(session -> session.queryTexts(sql));
    }

    String typeOf(String table, String column) {
        return rows("SELECT column_type FROM (DESCRIBE lake.data.%s) WHERE column_name = '%s'".formatted(table, column))
                .getFirst();
    }
}
