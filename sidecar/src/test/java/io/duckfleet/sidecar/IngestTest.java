package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// The contract of `POST /ingest`, with a reader of the lake beside it.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestTest {

    LakeBackends lake = new LakeBackends();

    private static ValidatableResponse ingest(String body) {
        return ingest("", body);
    }

    private static ValidatableResponse ingest(String parameters, String body) {
        return given().body(body.getBytes(StandardCharsets.UTF_8))
                .contentType("application/json")
                .post("/ingest" + parameters)
                .then();
    }

    private List<String> rows(String sql) {
        return lake.reader().withSession(session -> session.queryTexts(sql));
    }

    private String typeOf(String table, String column) {
        return rows("SELECT column_type FROM (DESCRIBE lake.data.%s) WHERE column_name = '%s'".formatted(table, column))
                .getFirst();
    }

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
    void refusesWhatIsNoEnvelope() {
        refused("", "body");
        refused("{}", "records");
        refused("[]", "body");
        refused("{\"records\":[]}", "records");
        refused("{\"records\":{}}", "records");
        refused("{\"table_name\":5,\"records\":[{}]}", "table_name");
        refused("{\"table_name\":\"a-b\",\"records\":[{\"a\":1}]}", "table_name");
        refused("{\"table_name\":\"order\",\"records\":[{\"a\":1}]}", "table_name");
        refused("{\"partition_date\":\"2025-02-30\",\"records\":[{\"a\":1}]}", "partition_date");
        refused("{\"data_date\":\"20.1.2025\",\"records\":[{\"a\":1}]}", "data_date");
        refused("{\"records\":[{\"a\":1}]} x", "body");
        refused("{\"records\":[1]}", "records[0]");
        ingest("?on_error=maybe", "{\"records\":[{\"a\":1}]}")
                .statusCode(422)
                .body("errors.field", contains("on_error"));
        ingest("{\"records\":[\n{\"a\":}]}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("line", equalTo(2))
                .body("column", greaterThan(1));
    }

    private static void refused(String body, String field) {
        ingest(body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
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
    void aRecordsOwnDateThatIsNoneIsThatRecordsError() {
        ingest(
                        "{\"table_name\":\"owndate\",\"records\":[{\"a\":1},{\"partition_date\":\"soon\"},{\"ingested_at\":\"2025-01-01\"}]}")
                .statusCode(422)
                .body("rejected.index", contains(1, 2))
                .body("rejected.field", contains("partition_date", "ingested_at"))
                .body("errors.field", contains("records[1].partition_date", "records[2].ingested_at"));

        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'"))
                .doesNotContain("owndate");
    }

    @Test
    void takesTheGoodRecordsWhenAskedTo() {
        ingest("{\"table_name\":\"partly\",\"records\":[{\"n\":1}]}").statusCode(200);

        ingest(
                        "?on_error=reject",
                        "{\"table_name\":\"partly\",\"records\":[{\"n\":2},{\"n\":\"x\"},5,{\"n\":3,\"N\":4},{\"n\":4}]}")
                .statusCode(200)
                .body("record_count", equalTo(2))
                .body("records_processed", equalTo(5))
                .body("rejected.index", contains(1, 2, 3))
                .body("rejected[0].field", equalTo("n"))
                .body("rejected[0].reason", containsString("BIGINT"));

        assertThat(rows("SELECT n FROM lake.data.partly ORDER BY n")).containsExactly("1", "2", "4");
        assertThat(
                        rows(
                                "SELECT concat_ws(' ', index, field, record) FROM lake.duckfleet.rejected WHERE table_name = 'partly' ORDER BY index"))
                .containsExactly("1 n {\"n\":\"x\"}", "2  5", "3 N {\"n\":3,\"N\":4}");
        given().get("/tables").then().body("tables", not(hasItem("rejected")));
    }

    @Test
    void takesNothingOfABatchWithAConflict() {
        ingest("{\"table_name\":\"whole\",\"records\":[{\"n\":1}]}").statusCode(200);

        ingest("{\"table_name\":\"whole\",\"records\":[{\"n\":2},{\"n\":\"x\"},{\"n\":{}}]}")
                .statusCode(422)
                .body("rejected.index", contains(1, 2))
                .body("errors[0].field", equalTo("records[1].n"));

        assertThat(rows("SELECT n FROM lake.data.whole")).containsExactly("1");
    }

    @Test
    void growsWithTheRecords() {
        ingest("{\"table_name\":\"grows\",\"records\":[{\"n\":1,\"o\":{\"a\":1},\"l\":[{\"x\":1}]}]}")
                .statusCode(200);
        ingest(
                        "{\"table_name\":\"grows\",\"records\":[{\"n\":2.5,\"o\":{\"b\":\"x\"},\"l\":[{\"x\":1.5,\"y\":true}],\"new\":\"2025-01-01\"}]}")
                .statusCode(200);

        assertThat(typeOf("grows", "n")).isEqualTo("DOUBLE");
        assertThat(typeOf("grows", "o")).isEqualTo("STRUCT(a BIGINT, b VARCHAR)");
        assertThat(typeOf("grows", "l")).isEqualTo("STRUCT(x DOUBLE, y BOOLEAN)[]");
        assertThat(typeOf("grows", "new")).isEqualTo("DATE");
        assertThat(rows("SELECT o.b FROM lake.data.grows WHERE n > 2")).containsExactly("x");
    }

    @Test
    void refusesToWidenIntegersThatADoubleWouldChange() {
        ingest("{\"table_name\":\"exact\",\"records\":[{\"n\":9007199254740993}]}")
                .statusCode(200);

        ingest("{\"table_name\":\"exact\",\"records\":[{\"n\":1.5}]}")
                .statusCode(422)
                .body("rejected[0].reason", containsString("2^53"));

        assertThat(rows("SELECT n FROM lake.data.exact")).containsExactly("9007199254740993");
    }

    @Test
    void aNullColumnTakesItsFirstType() {
        ingest("{\"table_name\":\"first\",\"records\":[{\"a\":1,\"v\":null}]}").statusCode(200);
        assertThat(typeOf("first", "v")).isEqualTo("VARCHAR");

        ingest("{\"table_name\":\"first\",\"records\":[{\"a\":2,\"v\":[1,2]}]}").statusCode(200);

        assertThat(typeOf("first", "v")).isEqualTo("BIGINT[]");
        assertThat(rows("SELECT coalesce(v::VARCHAR, 'none') FROM lake.data.first ORDER BY a"))
                .containsExactly("none", "[1, 2]");
    }

    @Test
    void inferredDatesBecomeTextWhenOtherTextComes() {
        ingest(
                        "{\"table_name\":\"turned\",\"records\":[{\"i\":1,\"d\":\"2025-01-02\",\"t\":\"2025-01-02T03:04:05.5\",\"z\":\"2025-01-02T03:04:05+02:00\"}]}")
                .statusCode(200);
        assertThat(typeOf("turned", "z")).isEqualTo("TIMESTAMP WITH TIME ZONE");

        ingest("{\"table_name\":\"turned\",\"records\":[{\"i\":2,\"d\":\"soon\",\"t\":\"later\",\"z\":\"never\"}]}")
                .statusCode(200);

        assertThat(rows("SELECT d || ' ' || t || ' ' || z FROM lake.data.turned ORDER BY i"))
                .containsExactly("2025-01-02 2025-01-02T03:04:05.5 2025-01-02T01:04:05Z", "soon later never");
    }

    @Test
    void keepsNumbersThatNoNumberTypeHolds() {
        ingest("""
                        {"table_name": "keeps", "records": [{"u": 18446744073709551615, "h": 123456789012345678901234567890, "f": 3.14159265358979323846,
                          "m": 1.10, "z": "007", "e": {}, "a": [], "x": [1, {"k": 2}]}, {"m": "text"}]}
                        """).statusCode(200);

        assertThat(rows("SELECT concat_ws(' ', u, h, f, m, z) FROM lake.data.keeps WHERE u IS NOT NULL"))
                .containsExactly("18446744073709551615 123456789012345678901234567890 3.14159265358979323846 1.10 007");
        assertThat(typeOf("keeps", "e")).isEqualTo("JSON");
        assertThat(typeOf("keeps", "a")).isEqualTo("JSON[]");
        assertThat(typeOf("keeps", "x")).isEqualTo("JSON[]");
        assertThat(rows("SELECT DISTINCT column_type FROM (DESCRIBE lake.data.keeps)"))
                .containsOnly("VARCHAR", "JSON", "JSON[]", "DATE", "TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void leavesDatesAsTextWhenAskedTo() {
        ingest("?infer_dates=false", "{\"table_name\":\"plain\",\"records\":[{\"d\":\"2025-01-02\"}]}")
                .statusCode(200);

        assertThat(typeOf("plain", "d")).isEqualTo("VARCHAR");
    }

    @Test
    void takesAnyFieldName() {
        ingest("""
                        {"table_name": "names", "records": [{"we\\"ird. x\\n;--": 1, "é😀": "a\\u0000b", "rowid": 2, "filename": "f", "select": 3, "year": 4}, {"É😀": "c", "RowId": 5}]}
                        """).statusCode(200);

        assertThat(
                        rows(
                                "SELECT \"we\"\"ird. x\n;--\" || filename || \"select\" || year FROM lake.data.names WHERE rowid = 2"))
                .containsExactly("1f34");
        assertThat(rows("SELECT \"é😀\" FROM lake.data.names WHERE rowid = 5")).containsExactly("c");
    }

    @Test
    void refusesFieldNamesThatAreNone() {
        ingest(
                        "{\"table_name\":\"names2\",\"records\":[{\"\":1},{\"%s\":1},{\"a\":1,\"A\":2},{\"o\":{\"b\":1,\"B\":2}}]}"
                                .formatted("x".repeat(129)))
                .statusCode(422)
                .body("rejected.index", contains(0, 1, 2, 3))
                .body("rejected[3].field", equalTo("o.B"));
    }

    @Test
    void refusesDeepNesting() {
        String deep = "[".repeat(40) + "]".repeat(40);
        ingest("{\"table_name\":\"deep\",\"records\":[{\"a\":1},{\"a\":%s}]}".formatted(deep))
                .statusCode(422)
                .body("rejected.index", contains(1))
                .body("rejected[0].reason", containsString("nested"));
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

    @Test
    void takesALargeBatchInSmallPieces() {
        String records = IntStream.range(0, 30_000)
                .mapToObj(i -> "{\"id\":%d,\"name\":\"name %d é\",\"amount\":%d.25,\"at\":\"2025-12-20T10:00:00\"}"
                        .formatted(i, i, i))
                .collect(Collectors.joining(",\n"));

        ingest("{\"records\":[%s],\"table_name\":\"large\"}".formatted(records))
                .statusCode(200)
                .body("record_count", equalTo(30_000));

        assertThat(
                        rows(
                                "SELECT concat_ws(' ', count(DISTINCT id), sum(id), sum(amount), count(\"at\"), max(name)) FROM lake.data.large"))
                .containsExactly("30000 449985000 449992500.0 30000 name 9999 é");
    }

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
                .body("timestamp", notNullValue());
        given().get("/health/live").then().statusCode(200);
        given().get("/health/ready").then().statusCode(200);
        given().get("/openapi.json").then().statusCode(200).body("paths.'/ingest'.post", notNullValue());
        given().get("/docs").then().statusCode(200);
        given().get("/metrics").then().statusCode(200).body(containsString("duckfleet_commits_seconds"));
        given().get("/ingest").then().statusCode(405).contentType("application/problem+json");
    }
}
