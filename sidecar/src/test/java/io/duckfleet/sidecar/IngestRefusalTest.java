package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `POST /ingest` refuses, and what it does with the rest.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestRefusalTest extends LakeLook {

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

    /// Else the records would go elsewhere, with a 200.
    @Test
    void refusesATableUnderAnotherParametersName() {
        refused("{\"table\":\"misnamed\",\"records\":[{\"a\":1}]}", "table");
        ingest("?table=misnamed", "{\"records\":[{\"a\":1}]}")
                .statusCode(422)
                .body("errors.field", contains("table"))
                .body("detail", containsString("table_name"));
        given().contentType("application/x-ndjson")
                .body("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8))
                .post("/ingest?table=misnamed")
                .then()
                .statusCode(422);
        given().multiPart("file", "f.jsonl", "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8))
                .multiPart("table", "misnamed")
                .post("/ingest/file")
                .then()
                .statusCode(422)
                .body("errors.field", contains("table"));
    }

    private static void refused(String body, String field) {
        ingest(body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
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
}
