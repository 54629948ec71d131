package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Bodies that are too slow or too large, and requests that are too many.
@QuarkusTest
@TestProfile(StrictProfile.class)
@QuarkusTestResource(LakeBackends.class)
class LimitsTest extends LakeLook {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();
    private static final int BUSY_BYTES = 1_234;
    private static final int MOST_CUTS = 30;
    private static final String BROKE_OFF = "the body broke off";
    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n{";

    @TestHTTPResource
    URI service = URI.create("");

    /// A request of which no more than `part` of the body ever comes.
    private Socket begin(String path, String type, int length, String part) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, type, length);
        socket.getOutputStream().write((head + part).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /// The beginning of the answer.
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4_096];
        int count = in.read(some);
        return new String(some, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }

    /// Bytes that drip: too few for the least rate, too many for a pause.
    private static String answerToDrops(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (System.nanoTime() < end) {
            try {
                return answer(socket);
            } catch (SocketTimeoutException e) {
                socket.getOutputStream().write('x');
            }
        }
        throw new AssertionError("no answer");
    }

    @Test
    void aBodyThatComesTooSlowlyIsAnsweredWith408() throws IOException {
        try (Socket socket = begin("/ingest?table_name=slow", "application/x-ndjson", 10_000, "{\"a\":1}\n")) {
            assertThat(answerToDrops(socket)).startsWith("HTTP/1.1 408 ").contains("came too slowly");
        }
        given().get("/table/slow/count").then().statusCode(404);
    }

    @Test
    void aFileThatComesTooSlowlyIsAnsweredWith408() throws IOException {
        try (Socket socket = begin("/ingest/file?table_name=slow", "multipart/form-data; boundary=b", 10_000, FORM)) {
            assertThat(answerToDrops(socket)).startsWith("HTTP/1.1 408 ").contains("came too slowly");
        }
    }

    @Test
    void slowAndCutBodiesAreOneLineOfTheLogEach() throws Exception {
        try (LogLook log = new LogLook()) {
            try (Socket slow = begin("/ingest/file?table_name=slow", "multipart/form-data; boundary=b", 10_000, FORM)) {
                assertThat(answerToDrops(slow)).startsWith("HTTP/1.1 408 ");
            }
            log.await(1, "the body came too slowly");
            cutFilesUntilOneIsTold(log);
            long told = log.count(BROKE_OFF);
            try (Socket _ = begin("/ingest", "application/json", BUSY_BYTES, "{")) {
                awaitBusy();
            }
            log.await(told + 1, BROKE_OFF);
            awaitTaken("{\"table_name\":\"after\",\"records\":[{\"a\":1}]}");

            assertThat(log.errors()).isEmpty();
        }
    }

    /// A connection that is closed before its request is looked at is no request.
    private void cutFilesUntilOneIsTold(LogLook log) throws IOException {
        int cuts = 0;
        do {
            begin("/ingest/file?table_name=cut", "multipart/form-data; boundary=b", BUSY_BYTES, FORM)
                    .close();
            cuts++;
        } while (cuts < MOST_CUTS && !log.isTold(1, BROKE_OFF, Duration.ofSeconds(2)));
        log.await(1, BROKE_OFF);
    }

    @Test
    void aFormWithoutItsEndIsTheSendersFault() throws IOException {
        try (Socket socket =
                begin("/ingest/file?table_name=cut", "multipart/form-data; boundary=b", FORM.length(), FORM)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 422 ").contains("invalid_request");
        }
    }

    @Test
    void aFileOverTheLimitIsAnsweredWith413() {
        file("?table_name=large", "x.jsonl", "{\"a\":1}\n".repeat(4_000).getBytes(StandardCharsets.UTF_8))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("body_too_large"))
                .body("detail", containsString("limit of 20480"));
    }

    @Test
    void anEnvelopeOverTheLimitIsAnsweredWith413() throws IOException {
        String records = "{\"a\":1},".repeat(4_000);
        String body = "{\"table_name\":\"large\",\"records\":[%s{}]}".formatted(records);
        ingest(body).statusCode(413).body("code", equalTo("body_too_large"));
        given().body(Compressed.gzip(body.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Encoding", "gzip")
                .contentType("application/json")
                .post("/ingest")
                .then()
                .statusCode(413);
    }

    @Test
    void whoComesWhenTooManyAreUnderWayIsTurnedAwayBeforeTheBodyIsRead() throws IOException {
        try (Socket _ = begin("/ingest", "application/json", BUSY_BYTES, "{")) {
            awaitBusy();
            try (Socket other = begin("/ingest?table_name=busy", "application/json", 1_000, "");
                    Socket file = begin("/ingest/file?table_name=busy", "multipart/form-data; boundary=b", 900, FORM)) {
                assertThat(answer(other)).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Retry-After");
                assertThat(answer(file)).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Retry-After");
            }
        }
        awaitTaken("{\"table_name\":\"free\",\"records\":[{\"a\":1}]}");
    }

    /// Until the first request has begun: its bytes are counted then.
    private static void awaitBusy() {
        String counted = "duckfleet_ingest_inflight_bytes " + BUSY_BYTES;
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (!given().get("/metrics").asString().contains(counted)) {
            assertThat(System.nanoTime()).as("the first request never began").isLessThan(end);
        }
    }

    private static void awaitTaken(String body) {
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        int status = 0;
        while (status != 200 && System.nanoTime() < end) {
            status = ingest(body).extract().statusCode();
        }
        assertThat(status).isEqualTo(200);
    }
}
