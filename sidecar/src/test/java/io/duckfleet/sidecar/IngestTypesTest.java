package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What types columns get, and how they change, seen through `POST /ingest`.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestTypesTest extends LakeLook {

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
}
