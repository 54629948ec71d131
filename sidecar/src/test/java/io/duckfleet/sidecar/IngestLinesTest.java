package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.github.luben.zstd.Zstd;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// `POST /ingest` with JSON lines.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestLinesTest extends LakeLook {

    @Test
    void takesOneRecordALine() {
        lines("?table_name=plain&partition_date=2025-12-20", "{\"a\":1}\r\n\n  {\"a\":2,\"b\":\"x\"} \n{\"a\":3}")
                .statusCode(200)
                .body("table_name", equalTo("plain"))
                .body("partition_date", equalTo("2025-12-20"))
                .body("record_count", equalTo(3))
                .body("rejected", hasSize(0));

        assertThat(rows("SELECT concat_ws(' ', a, b, partition_date) FROM lake.data.plain ORDER BY a"))
                .containsExactly("1 2025-12-20", "2 x 2025-12-20", "3 2025-12-20");
    }

    @Test
    void rejectsBadLinesAndTakesTheOthers() {
        String body = "{\"a\":1}\n\n{\"a\":\n[1]\n{\"a\":2} {}\n{\"a\":2,\"A\":3}\n{\"a\":4}\n";

        lines("?table_name=bad_lines", body)
                .statusCode(200)
                .body("record_count", equalTo(2))
                .body("records_processed", equalTo(6))
                .body("rejected_count", equalTo(4))
                .body("rejected.index", contains(1, 2, 3, 4))
                .body("rejected.line", contains(3, 4, 5, 6))
                .body("rejected[0].reason", containsString("no JSON"))
                .body("rejected[1].reason", containsString("found an array"))
                .body("rejected[2].reason", containsString("behind"))
                .body("rejected[3].field", equalTo("A"));

        assertThat(rows("SELECT a FROM lake.data.bad_lines ORDER BY a")).containsExactly("1", "4");
        assertThat(rows("SELECT record FROM lake.duckfleet.rejected WHERE table_name = 'bad_lines' ORDER BY index"))
                .containsExactly("{\"a\":", "[1]", "{\"a\":2} {}", "{\"a\":2,\"A\":3}");
    }

    @Test
    void takesNothingWhenAskedToAbort() {
        lines("?table_name=abort_lines&on_error=abort", "{\"a\":1}\n{\"a\":\n")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("rejected.line", contains(2));

        given().get("/table/abort_lines/count").then().statusCode(404);
    }

    @Test
    void rejectsALineThatIsNoUtf8() {
        byte[] body = "{\"a\":\"é\"}\n{\"a\":\"?\"}\n".getBytes(StandardCharsets.UTF_8);
        body[16] = (byte) 0xFF;

        post("/ingest?table_name=utf8", "application/x-ndjson", body)
                .statusCode(200)
                .body("record_count", equalTo(1))
                .body("rejected.index", contains(1));

        assertThat(rows("SELECT a FROM lake.data.utf8")).containsExactly("é");
    }

    @Test
    void rejectsALineThatIsTooLong() {
        String large = "{\"a\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}";

        lines("?table_name=long_lines", "{\"a\":\"1\"}\n" + large + "\n{\"a\":\"3\"}\n")
                .statusCode(200)
                .body("record_count", equalTo(2))
                .body("rejected.index", contains(1))
                .body("rejected[0].reason", containsString("bytes"));
    }

    @Test
    void refusesWhatHasNoRecord() {
        lines("?table_name=none", "\n \n").statusCode(422).body("errors.field", contains("body"));
        lines("?table_name=none", "x\ny\n").statusCode(422).body("rejected.index", contains(0, 1));
        lines("?table_name=a-b", "{\"a\":1}").statusCode(422).body("errors.field", contains("table_name"));
        lines("?table_name=none&partition_date=today", "{\"a\":1}")
                .statusCode(422)
                .body("errors.field", contains("partition_date"));
    }

    @Test
    void takesCompressedLines() throws IOException {
        byte[] body = "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        }

        encoded("gzip", zipped.toByteArray(), 200);
        encoded("zstd", Zstd.compress(body), 200);
        encoded("br", body, 415);

        assertThat(rows("SELECT count(*) FROM lake.data.encoded")).containsExactly("4");
    }

    private static void encoded(String encoding, byte[] body, int status) {
        given().config(RestAssuredConfig.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders())
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Content-Encoding", encoding)
                .contentType("application/x-ndjson")
                .body(body)
                .post("/ingest?table_name=encoded")
                .then()
                .statusCode(status);
    }

    @Test
    void theWholeBodyDecidesTypesHoweverLongItIs() {
        String body = IntStream.range(0, 60_000)
                .mapToObj(i -> "{\"id\":%d,\"name\":\"%s\",\"late\":%s}"
                        .formatted(i, "name %d of many".formatted(i).repeat(6), i < 59_999 ? "null" : "1.5"))
                .collect(Collectors.joining("\n"));

        lines("?table_name=long_body&partition_date=2025-01-01", body)
                .statusCode(200)
                .body("record_count", equalTo(60_000));

        assertThat(typeOf("long_body", "late")).isEqualTo("DOUBLE");
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', count(DISTINCT id), sum(id), count(name), sum(late)) FROM lake.data.long_body"))
                .containsExactly("60000 1799970000 60000 1.5");
    }

    @Test
    void commitsAKeyOnce() {
        String body = "{\"a\":1}\nbroken\n";
        for (boolean repeat : new boolean[] {false, true}) {
            given().header("Idempotency-Key", "lines-1")
                    .contentType("application/x-ndjson")
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .post("/ingest?table_name=keyed_lines")
                    .then()
                    .statusCode(200)
                    .body("record_count", equalTo(1))
                    .body("duplicate", repeat ? equalTo(true) : nullValue());
        }
        given().header("Idempotency-Key", "lines-1")
                .contentType("application/x-ndjson")
                .body("{\"a\":2}\n".getBytes(StandardCharsets.UTF_8))
                .post("/ingest?table_name=keyed_lines")
                .then()
                .statusCode(422);

        assertThat(rows("SELECT a FROM lake.data.keyed_lines")).containsExactly("1");
    }

    @Test
    void takesTheDayFromAField() {
        String body = """
                {"n": 1, "at": "2025-03-04T10:00:00Z"}
                {"n": 2, "at": "2025-03-05T23:30:00-02:00"}
                {"n": 3, "at": "soon"}
                {"n": 4, "at": null, "partition_date": "2025-03-07"}
                """;

        lines("?table_name=by_field&partition_by=At", body)
                .statusCode(200)
                .body("partitions.partition_date", contains("2025-03-04", "2025-03-06", "2025-03-07"))
                .body("rejected.index", contains(2))
                .body("rejected[0].field", equalTo("at"));
        lines("?table_name=by_field&partition_by=at&infer_dates=false", "{\"n\":5,\"at\":\"2025-03-09\"}")
                .statusCode(200)
                .body("rejected", hasSize(0))
                .body("partition_date", equalTo("2025-03-09"));

        assertThat(rows("SELECT n || ' ' || partition_date FROM lake.data.by_field ORDER BY n"))
                .containsExactly("1 2025-03-04", "2 2025-03-06", "4 2025-03-07", "5 2025-03-09");
    }
}
