package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;

/// What tests of single records do again and again: send one, and flush.
abstract class StreamLook extends LakeLook {

    static ValidatableResponse stream(String parameters, String body) {
        return given().body(body.getBytes(StandardCharsets.UTF_8))
                .contentType("application/json")
                .post("/ingest/stream?" + parameters)
                .then();
    }

    static ValidatableResponse stream(String parameters, String key, String body) {
        return given().body(body.getBytes(StandardCharsets.UTF_8))
                .header("Idempotency-Key", key)
                .post("/ingest/stream?" + parameters)
                .then();
    }

    static ValidatableResponse encoded(String parameters, String encoding, byte[] body) {
        return given().body(body)
                .contentType("application/json")
                .header("Content-Encoding", encoding)
                .post("/ingest/stream?" + parameters)
                .then();
    }

    static ValidatableResponse flush(String parameters) {
        return given().post("/flush?" + parameters).then();
    }
}
