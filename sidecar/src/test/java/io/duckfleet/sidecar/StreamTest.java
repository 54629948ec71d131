package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.luben.zstd.Zstd;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of `POST /ingest/stream` and `POST /flush`, with a reader of the lake beside it; what they
/// refuse is in [StreamRefusalTest].
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class StreamTest extends StreamLook {

    @Test
    void buffersThenFlushes() {
        stream("table_name=steps", "{\"data\": {\"n\": 1, \"name\": \"Zoë 🦆\"}}")
                .statusCode(200)
                .contentType("application/json")
                .body("status", equalTo("success"))
                .body("message", equalTo("Record buffered"))
                .body("table_name", equalTo("steps"))
                .body("$", not(hasKey("duplicate")));
        stream("table_name=steps", "{\"other\": [1], \"data\": { }}").statusCode(200);
        given().get("/table/steps/count")
                .then()
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("table_name", equalTo("steps"))
                .body("buffered_count", equalTo(2))
                .body("lake_count", equalTo(0));
        given().get("/tables").then().body("tables", hasItem("steps"));

        String today = LocalDate.now(ZoneOffset.UTC).toString();
        flush("table_name=steps")
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("message", equalTo("Flushed 2 records to S3"))
                .body("table_name", equalTo("steps"))
                .body("s3_path", startsWith("s3://lake-tested/data/steps/year="))
                .body("partition_date", equalTo(today))
                .body("record_count", equalTo(2))
                .body("records_processed", equalTo(2))
                .body("file", endsWith(".parquet"))
                .body("file_size_mb", greaterThan(0f))
                .body("timestamp", endsWith("Z"))
                .body("snapshot_id", greaterThan(0))
                .body("rejected", hasSize(0));

        assertThat(rows("SELECT coalesce(name, '-') FROM lake.data.steps ORDER BY n NULLS LAST"))
                .containsExactly("Zoë 🦆", "-");
        given().get("/table/steps/count")
                .then()
                .body("buffered_count", equalTo(0))
                .body("lake_count", equalTo(2));
    }

    @Test
    void saysSoWhenThereIsNothingToFlush() {
        flush("table_name=never_seen")
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("message", equalTo("No records to flush"))
                .body("table_name", equalTo("never_seen"))
                .body("record_count", equalTo(0));
    }

    @Test
    void flushesAllTablesAtOnce() {
        stream("table_name=all_one", "{\"data\":{\"a\":1}}").statusCode(200);
        stream("table_name=all_two", "{\"data\":{\"a\":1}}").statusCode(200);
        stream("table_name=all_two", "{\"data\":{\"a\":2}}").statusCode(200);

        flush("table_name=")
                .statusCode(200)
                .body("message", startsWith("Flushed "))
                .body("record_count", greaterThan(2))
                .body("tables.table_name", hasItems("all_one", "all_two"))
                .body("tables.find { it.table_name == 'all_two' }.record_count", equalTo(2));

        assertThat(rows("SELECT count(*) FROM lake.data.all_two")).containsExactly("2");
    }

    @Test
    void eachDayGoesIntoItsPartition() {
        stream("table_name=spread&partition_date=2025-01-31", "{\"data\":{\"n\":1}}")
                .statusCode(200);
        stream("table_name=spread&partition_date=2025-02-01", "{\"data\":{\"n\":2,\"partition_date\":\"1999-01-01\"}}")
                .statusCode(200);
        stream("table_name=spread", "{\"data\":{\"n\":3,\"partition_date\":\"2025-02-02\"}}")
                .statusCode(200);
        stream(
                        "table_name=spread",
                        "{\"data\":{\"n\":4,\"Partition_Date\":null,\"ingested_at\":\"2020-02-02T02:02:02Z\"}}")
                .statusCode(200);
        String today = LocalDate.now(ZoneOffset.UTC).toString();

        flush("table_name=spread")
                .statusCode(200)
                .body("s3_path", equalTo("s3://lake-tested/data/spread/"))
                .body("partitions.partition_date", contains("2025-01-31", "2025-02-01", "2025-02-02", today));

        assertThat(rows("SELECT n || ' ' || partition_date FROM lake.data.spread ORDER BY n"))
                .containsExactly("1 2025-01-31", "2 2025-02-01", "3 2025-02-02", "4 " + today);
        assertThat(rows("SELECT year(ingested_at) FROM lake.data.spread WHERE n = 4"))
                .containsExactly("2020");
    }

    @Test
    void theFlushsDayIsForRecordsThatWereGivenNone() {
        stream("table_name=dated&partition_date=2025-01-31", "{\"data\":{\"n\":1}}")
                .statusCode(200);
        stream("table_name=dated", "{\"data\":{\"n\":2}}").statusCode(200);
        stream("table_name=dated", "{\"data\":{\"n\":3,\"partition_date\":\"1999-01-01\"}}")
                .statusCode(200);

        flush("table_name=dated&partition_date=2025-06-07").statusCode(200);

        assertThat(rows("SELECT n || ' ' || partition_date FROM lake.data.dated ORDER BY n"))
                .containsExactly("1 2025-01-31", "2 2025-06-07", "3 2025-06-07");
    }

    @Test
    void aKeyCountsOnceInTheBufferAndInTheLake() {
        String body = "{\"data\":{\"n\":1}}";
        stream("table_name=keyed_stream", "k1", body).statusCode(200).body("duplicate", nullValue());
        stream("table_name=keyed_stream", "k1", body).statusCode(200).body("duplicate", equalTo(true));
        stream("table_name=keyed_stream", "k1", "{\"data\":{\"n\":2}}")
                .statusCode(422)
                .body("errors.field", contains("Idempotency-Key"));
        stream("table_name=keyed_stream_too", "k1", body).statusCode(200).body("duplicate", nullValue());
        flush("table_name=keyed_stream").body("record_count", equalTo(1));

        stream("table_name=keyed_stream", "k1", body).statusCode(200).body("duplicate", equalTo(true));
        stream("table_name=keyed_stream", "k1", "{\"data\":{\"n\":2}}").statusCode(422);
        flush("table_name=keyed_stream").body("record_count", equalTo(0));
        given().header("Idempotency-Key", "k1")
                .body("{\"table_name\":\"keyed_stream\",\"records\":[{\"n\":1}]}")
                .post("/ingest")
                .then()
                .statusCode(422);

        assertThat(rows("SELECT count(*) FROM lake.data.keyed_stream")).containsExactly("1");
    }

    @Test
    void whatDoesNotFitIsKeptAndBlocksNobody() {
        given().body("{\"table_name\":\"strict\",\"records\":[{\"n\":1}]}")
                .post("/ingest")
                .then()
                .statusCode(200);
        stream("table_name=strict", "{\"data\":{\"n\":\"no number\",\"mark\":\"bad\"}}")
                .statusCode(200);
        stream("table_name=strict", "{\"data\":{\"n\":2}}").statusCode(200);

        flush("table_name=strict")
                .statusCode(200)
                .body("record_count", equalTo(1))
                .body("records_processed", equalTo(2))
                .body("rejected.field", contains("n"));

        assertThat(rows("SELECT n FROM lake.data.strict ORDER BY n")).containsExactly("1", "2");
        assertThat(rows("SELECT record FROM lake.duckfleet.rejected WHERE table_name = 'strict'"))
                .containsExactly("{\"n\":\"no number\",\"mark\":\"bad\"}");
    }

    @Test
    void aFlushWhoseRecordsAreAllRejectedKeepsThem() {
        given().body("{\"table_name\":\"hopeless\",\"records\":[{\"n\":1}]}")
                .post("/ingest")
                .then()
                .statusCode(200);
        stream("table_name=hopeless", "{\"data\":{\"n\":[\"no number\"]}}").statusCode(200);

        flush("table_name=hopeless")
                .statusCode(200)
                .body("record_count", equalTo(0))
                .body("records_processed", equalTo(1))
                .body("rejected", hasSize(1));

        assertThat(rows("SELECT count(*) FROM lake.duckfleet.rejected WHERE table_name = 'hopeless'"))
                .containsExactly("1");
        flush("table_name=hopeless").body("message", equalTo("No records to flush"));
    }

    @Test
    void takesALargeRecord() {
        stream("table_name=large_record", "{\"data\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}")
                .statusCode(200);

        flush("table_name=large_record").statusCode(200).body("record_count", equalTo(1));
        assertThat(rows("SELECT length(a) FROM lake.data.large_record")).containsExactly(Integer.toString(1 << 20));
    }

    @Test
    void takesCompressedRecords() throws IOException {
        byte[] body = "{\"data\":{\"n\":1,\"name\":\"Zoë\"}}".getBytes(StandardCharsets.UTF_8);
        encoded("table_name=squeezed", "gzip", Compressed.gzip(body)).statusCode(200);
        encoded("table_name=squeezed", "zstd", Zstd.compress(body)).statusCode(200);
        encoded("table_name=squeezed", "identity", body).statusCode(200);

        flush("table_name=squeezed").statusCode(200).body("record_count", equalTo(3));
        assertThat(rows("SELECT DISTINCT name FROM lake.data.squeezed")).containsExactly("Zoë");
    }

    @Test
    void defaultsTheTable() {
        stream("table_name=", "{\"data\":{\"a\":1}}").statusCode(200).body("table_name", equalTo("records"));
    }

    @Test
    void aFlushCoversAllThatWasAcknowledgedBeforeIt() throws Exception {
        int clients = 8;
        int each = 25;
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            List<Callable<Void>> work = IntStream.range(0, clients)
                    .<Callable<Void>>mapToObj(client -> () -> {
                        for (int i = 0; i < each; i++) {
                            String id = client + "-" + i;
                            stream("table_name=covered", "{\"data\":{\"id\":\"%s\"}}".formatted(id))
                                    .statusCode(200);
                            if (i % 8 == client % 8) {
                                flush("table_name=covered").statusCode(200);
                                assertThat(rows("SELECT count(*) FROM lake.data.covered WHERE id = '%s'".formatted(id)))
                                        .containsExactly("1");
                            }
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : executor.invokeAll(work)) {
                done.get();
            }
        }
        flush("table_name=covered").statusCode(200);

        int all = clients * each;
        assertThat(rows("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.covered"))
                .containsExactly(all + " " + all);
        assertThat(rows("SELECT count(*) FROM lake.data.covered WHERE record_id = id"))
                .containsExactly("" + all);
        given().get("/table/covered/count").then().body("buffered_count", equalTo(0));
    }

    @Test
    void tellsItsFigures() {
        stream("table_name=figures", "{\"data\":{\"a\":1}}").statusCode(200);

        String metrics = given().get("/metrics").asString();

        assertThat(metrics)
                .contains("duckfleet_buffer_records", "duckfleet_buffer_age_seconds", "duckfleet_stream_records_total");
    }
}
