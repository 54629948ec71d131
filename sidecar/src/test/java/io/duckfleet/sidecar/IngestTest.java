package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// The contract of `POST /ingest`, with a reader of the lake beside it.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestTest extends LakeLook {

    @Test
    void answersWithWhatIsInTheLake() {
        ingest("""
                        {"table_name": "answers", "partition_date": "2025-12-20", "records": [
                          {"user_id": 1, "event": "login", "timestamp": "2025-12-20T10:00:00"}, {"user_id": 2, "event": "purchase", "timestamp": "2025-12-20T10:05:00"}]}
                        """)
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("message", equalTo("Ingested 2 records"))
                .body("table_name", equalTo("answers"))
                .body("s3_path", equalTo("s3://lake-tested/data/answers/year=2025/month=12/day=20/"))
                .body("partition_date", equalTo("2025-12-20"))
                .body("record_count", equalTo(2))
                .body("records_processed", equalTo(2))
                .body("file", endsWith(".parquet"))
                .body("file_size_mb", greaterThan(0f))
                .body("duration_seconds", notNullValue())
                .body("timestamp", endsWith("Z"))
                .body("snapshot_id", greaterThan(0))
                .body("rejected", hasSize(0))
                .body("partitions", nullValue())
                .body("duplicate", nullValue());

        assertThat(rows("SELECT event FROM lake.data.answers ORDER BY user_id")).containsExactly("login", "purchase");
        assertThat(lake.objects("data/answers"))
                .singleElement()
                .asString()
                .startsWith("data/answers/year=2025/month=12/day=20/");
        assertThat(typeOf("answers", "timestamp")).isEqualTo("TIMESTAMP");
    }

    @Test
    void writesZstandard() {
        ingest("{\"table_name\":\"packed\",\"records\":[{\"a\":1}]}").statusCode(200);

        String file = lake.objects("data/packed").getFirst();
        assertThat(rows("SELECT DISTINCT compression FROM parquet_metadata('s3://lake-tested/%s')".formatted(file)))
                .containsExactly("ZSTD");
    }

    @Test
    void defaultsTableAndDate() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        ingest("{\"records\":[{\"a\":1}]}")
                .statusCode(200)
                .body("table_name", equalTo("records"))
                .body("partition_date", equalTo(today));
        ingest("{\"data_type\":\"default\",\"records\":[{\"a\":1}]}").body("table_name", equalTo("records"));
        ingest(
                        "{\"table_name\":\"\",\"data_type\":\"log-x\",\"partition_date\":null,\"data_date\":\"2025-01-05\",\"records\":[{\"a\":1}]}")
                .statusCode(200)
                .body("table_name", equalTo("log_x"))
                .body("partition_date", equalTo("2025-01-05"));
        ingest("{\"data_type\":\"select\",\"records\":[{\"a\":1}]}").body("table_name", equalTo("select_"));
    }

    @Test
    void takesTableAndDateFromTheAddressWhereTheEnvelopeNamesNone() {
        String address = "?table_name=addressed&partition_date=2025-01-06";
        ingest(address, "{\"data_type\":\"log-x\",\"records\":[{\"a\":1}]}")
                .statusCode(200)
                .body("table_name", equalTo("addressed"))
                .body("partition_date", equalTo("2025-01-06"));
        ingest(address, "{\"table\":null,\"records\":[{\"a\":2}]}")
                .statusCode(200)
                .body("table_name", equalTo("addressed"));
        ingest(address, "{\"table_name\":\"inside\",\"data_date\":\"2025-01-07\",\"records\":[{\"a\":1}]}")
                .statusCode(200)
                .body("table_name", equalTo("inside"))
                .body("partition_date", equalTo("2025-01-07"));
    }

    @Test
    void readsTheBodyAsJsonWhateverItsTypeSays() {
        given().body("{\"table_name\":\"typed\",\"records\":[{\"a\":1}]}")
                .contentType("application/x-www-form-urlencoded")
                .post("/ingest")
                .then()
                .statusCode(200);
    }

    @Test
    void takesAGzippedBody() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"table_name\":\"zipped\",\"records\":[{\"a\":1}]}".getBytes(StandardCharsets.UTF_8));
        }

        given().body(zipped.toByteArray())
                .header("Content-Encoding", "gzip")
                .contentType("application/json")
                .post("/ingest")
                .then()
                .statusCode(200);
    }

    @Test
    void listsThePartitionsWhenThereAreSeveral() {
        ingest("""
                        {"table_name": "days", "records": [{"n": 1, "partition_date": "2025-03-04"}, {"n": 2, "partition_date": "2025-03-05"}, {"n": 3, "partition_date": "2025-03-05"}]}
                        """)
                .statusCode(200)
                .body("s3_path", equalTo("s3://lake-tested/data/days/"))
                .body("partition_date", equalTo("2025-03-04"))
                .body("partitions.partition_date", contains("2025-03-04", "2025-03-05"))
                .body("partitions.record_count", contains(1, 2))
                .body("partitions[1].s3_path", equalTo("s3://lake-tested/data/days/year=2025/month=3/day=5/"));

        assertThat(rows("SELECT n FROM lake.data.days WHERE partition_date = DATE '2025-03-05' ORDER BY n"))
                .containsExactly("2", "3");
    }

    @Test
    void theRequestsDateWinsOverTheRecords() {
        ingest(
                        "{\"table_name\":\"wins\",\"partition_date\":\"2024-02-29\",\"records\":[{\"partition_date\":\"2025-03-04\"}]}")
                .body("partition_date", equalTo("2024-02-29"));

        assertThat(rows("SELECT partition_date FROM lake.data.wins")).containsExactly("2024-02-29");
    }

    @Test
    void fillsTheColumnsThatEveryTableHas() {
        ingest("""
                        {"table_name": "own", "records": [{"id": 7}, {"id": 8, "record_id": "mine"}, {"id": null, "ingested_at": "2020-01-01T00:00:00Z"}, {"record_id": 1.50}]}
                        """).statusCode(200);

        assertThat(rows("SELECT record_id FROM lake.data.own WHERE id IS NOT NULL ORDER BY id"))
                .containsExactly("7", "mine");
        assertThat(rows("SELECT record_id FROM lake.data.own WHERE id IS NULL ORDER BY ingested_at"))
                .satisfiesExactly(
                        made -> assertThat(made).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*"),
                        own -> assertThat(own).isEqualTo("1.50"));
        assertThat(rows("SELECT strftime(min(ingested_at), '%Y') FROM lake.data.own"))
                .containsExactly("2020");
        assertThat(typeOf("own", "partition_date")).isEqualTo("DATE");
        assertThat(typeOf("own", "ingested_at")).isEqualTo("TIMESTAMP WITH TIME ZONE");
        assertThat(typeOf("own", "record_id")).isEqualTo("VARCHAR");
    }

    @Test
    void commitsAKeyOnce() {
        String body = "{\"table_name\":\"keyed\",\"records\":[{\"a\":1}]}";
        int first = keyed("k'1 {x}", body)
                .statusCode(200)
                .body("duplicate", nullValue())
                .extract()
                .path("snapshot_id");

        keyed("k'1 {x}", body)
                .statusCode(200)
                .body("duplicate", equalTo(true))
                .body("snapshot_id", equalTo(first))
                .body("record_count", equalTo(1))
                .body("file", endsWith(".parquet"));
        keyed("k'1 {x}", "{\"table_name\":\"keyed\",\"records\":[{\"a\":2}]}")
                .statusCode(422)
                .body("errors.field", contains("Idempotency-Key"));
        keyed("k'1 {x}", "{\"table_name\":\"keyed2\",\"records\":[{\"a\":2}]}")
                .statusCode(200)
                .body("duplicate", nullValue());
        keyed("x".repeat(129), body).statusCode(422);

        assertThat(rows("SELECT a FROM lake.data.keyed")).containsExactly("1");
    }

    private static ValidatableResponse keyed(String key, String body) {
        return given().header("Idempotency-Key", key).body(body).post("/ingest").then();
    }
}
