package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/// Columns that are declared, columns that are promoted, and tables that go.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class SchemaTest extends LakeLook {

    private static ValidatableResponse declare(String table, String columns) {
        return given().body("{\"schema\":[%s]}".formatted(columns))
                .put("/table/%s/schema".formatted(table))
                .then();
    }

    private static String column(String name, String type) {
        return "{\"column_name\":\"%s\",\"column_type\":\"%s\"}".formatted(name, type.replace("\"", "\\\""));
    }

    @Test
    void declaresTypesBeforeTheFirstRecord() {
        declare(
                        "declared",
                        String.join(
                                ",",
                                column("day", "DATE"),
                                column("amount", "double"),
                                column("note", "text"),
                                column("tags", "STRUCT(a INTEGER, \"b c\" VARCHAR[])")))
                .statusCode(200)
                .body("table_name", equalTo("declared"))
                .body("schema.column_name", hasItems("day", "amount", "note", "tags", "partition_date", "record_id"))
                .body(
                        "schema.column_type",
                        hasItems("DATE", "DOUBLE", "VARCHAR", "STRUCT(a BIGINT, \"b c\" VARCHAR[])"));

        ingest("{\"table_name\":\"declared\",\"records\":[{\"day\":\"2025-01-02\",\"amount\":1,\"note\":5}]}")
                .statusCode(200);
        ingest("{\"table_name\":\"declared\",\"records\":[{\"day\":\"soon\"}]}")
                .statusCode(422)
                .body("rejected[0].reason", containsString("declared as DATE"));
        ingest("?on_conflict=promote", "{\"table_name\":\"declared\",\"records\":[{\"day\":\"soon\"}]}")
                .statusCode(200);

        assertThat(rows("SELECT concat_ws(' ', day, amount, note) FROM lake.data.declared ORDER BY day"))
                .containsExactly("2025-01-02 1.0 5", "soon");
        assertThat(typeOf("declared", "note")).isEqualTo("VARCHAR");
    }

    @Test
    void addsDeclaredColumnsToATableThatIsThere() {
        ingest("{\"table_name\":\"extended\",\"records\":[{\"a\":1}]}").statusCode(200);

        declare("extended", column("a", "BIGINT") + "," + column("b", "TIMESTAMPTZ"))
                .statusCode(200);
        declare("extended", column("a", "VARCHAR")).statusCode(422).body("detail", containsString("BIGINT already"));

        assertThat(typeOf("extended", "b")).isEqualTo("TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void refusesDeclarationsThatCantBe() {
        declare("undeclared", column("a", "HUGEINT")).statusCode(422).body("errors.field", contains("column_type"));
        declare("undeclared", column("a", "INT); DROP TABLE x; --")).statusCode(422);
        declare("undeclared", column("a", "STRUCT(")).statusCode(422);
        declare("undeclared", column("record_id", "BIGINT")).statusCode(422);
        declare("undeclared", column("a", "BIGINT") + "," + column("A", "BIGINT"))
                .statusCode(422);
        declare("undeclared", "").statusCode(422);
        declare("un-declared", column("a", "BIGINT")).statusCode(400);
        given().get("/table/undeclared/schema").then().statusCode(404);
    }

    @Test
    void promotesColumnsToHoldBoth() {
        ingest("""
                        {"table_name": "promoted", "records": [{"n": 1, "big": 9007199254740993, "b": true, "t": "2025-01-01T00:00:00", "s": {"x": 1, "y": "k"}, "l": [1], "v": "text"}]}
                        """).statusCode(200);

        ingest("?on_conflict=promote", """
                        {"table_name": "promoted", "records": [{"n": "two", "big": 0.5, "b": 7, "t": "then", "s": {"x": "one"}, "l": {"a": 1}, "v": [1]}]}
                        """).statusCode(200).body("rejected", hasSize(0));

        assertThat(rows("SELECT concat_ws(' ', n, big, b, t, s.x, s.y, l, v) FROM lake.data.promoted ORDER BY n"))
                .containsExactly(
                        "1 9007199254740993 true 2025-01-01T00:00:00 1 k [1] \"text\"",
                        "two 0.5 7 then one {\"a\":1} [1]");
        assertThat(typeOf("promoted", "n")).isEqualTo("VARCHAR");
        assertThat(typeOf("promoted", "s")).isEqualTo("STRUCT(x VARCHAR, y VARCHAR)");
        assertThat(typeOf("promoted", "l")).isEqualTo("JSON");
        ingest("?on_conflict=maybe", "{\"records\":[{\"a\":1}]}")
                .statusCode(422)
                .body("errors.field", contains("on_conflict"));
    }

    @Test
    void datesWithinObjectsAndArraysBecomeText() {
        ingest("{\"table_name\":\"nested_dates\",\"records\":[{\"s\":{\"d\":\"2025-01-01\"},\"l\":[\"2025-01-02\"]}]}")
                .statusCode(200);
        ingest("{\"table_name\":\"nested_dates\",\"records\":[{\"s\":{\"d\":\"soon\"},\"l\":[\"later\"]}]}")
                .statusCode(200);

        assertThat(rows("SELECT concat_ws(' ', s.d, l) FROM lake.data.nested_dates ORDER BY s.d"))
                .containsExactly("2025-01-01 [2025-01-02]", "soon [later]");
    }

    @Test
    void rejectsWhatConflictsWithoutPromotion() {
        ingest("{\"table_name\":\"kept\",\"records\":[{\"n\":1}]}").statusCode(200);

        lines("?table_name=kept", "{\"n\":2}\n{\"n\":\"x\"}\n{\"n\":3}")
                .statusCode(200)
                .body("record_count", equalTo(2))
                .body("rejected.index", contains(1))
                .body("rejected[0].field", equalTo("n"));

        assertThat(typeOf("kept", "n")).isEqualTo("BIGINT");
    }

    @Test
    void dropsATableOrItsOldPartitions() {
        ingest("""
                        {"table_name": "going", "records": [{"n": 1, "partition_date": "2025-01-01"}, {"n": 2, "partition_date": "2025-01-02"}, {"n": 3, "partition_date": "2025-02-01"}]}
                        """).statusCode(200);

        given().delete("/table/going?before=2025-02-01&expect=3")
                .then()
                .statusCode(422)
                .body("detail", containsString("2 records"));
        given().delete("/table/going?before=2025-02-01&expect=2")
                .then()
                .statusCode(200)
                .body("record_count", equalTo(2))
                .body("before", equalTo("2025-02-01"));
        assertThat(rows("SELECT n FROM lake.data.going")).containsExactly("3");
        given().delete("/table/going?before=soon").then().statusCode(422);
        given().delete("/table/GOING").then().statusCode(200).body("record_count", equalTo(1));
        given().delete("/table/going").then().statusCode(404);
        given().delete("/table/go-ing").then().statusCode(400);

        ingest("{\"table_name\":\"going\",\"records\":[{\"n\":\"anew\"}]}").statusCode(200);
        assertThat(typeOf("going", "n")).isEqualTo("VARCHAR");
    }
}
