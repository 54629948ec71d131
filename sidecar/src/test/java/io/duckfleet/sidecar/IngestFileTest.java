package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.github.luben.zstd.Zstd;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `POST /ingest/file`.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class IngestFileTest extends LakeLook {

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        }
        return zipped.toByteArray();
    }

    @Test
    void takesJsonOfEveryForm() throws IOException {
        String array = "[\n  {\"n\": 1, \"s\": \"a,[b\\\"}\"},\n  {\"n\": 2}\n]\n";
        String object = "{\n  \"n\": 3,\n  \"o\": {\"x\": [1, 2]}\n}";

        file("?table_name=forms", "a.json", bytes(array)).statusCode(200).body("record_count", equalTo(2));
        file("?table_name=forms", "o.json", bytes(object)).statusCode(200).body("record_count", equalTo(1));
        file("?table_name=forms", "l.jsonl", bytes("{\"n\":4}\n{\"n\":5}\n")).statusCode(200);
        file("?table_name=forms", "one", bytes("{\"n\":6}")).statusCode(200);
        file("?table_name=forms", "a.json.gz", gzip(bytes("[{\"n\":7}]"))).statusCode(200);
        file("?table_name=forms", "a.zst", Zstd.compress(bytes("{\"n\":8}\n"))).statusCode(200);

        assertThat(rows("SELECT n FROM lake.data.forms ORDER BY n"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(rows("SELECT s FROM lake.data.forms WHERE n = 1")).containsExactly("a,[b\"}");
        assertThat(rows("SELECT o.x FROM lake.data.forms WHERE n = 3")).containsExactly("[1, 2]");
    }

    @Test
    void namesTableAndDayByFormOrQuery() {
        given().multiPart("file", "x.jsonl", bytes("{\"a\":1}"))
                .multiPart("table_name", "by_form")
                .multiPart("partition_date", "2025-05-06")
                .post("/ingest/file")
                .then()
                .statusCode(200)
                .body("table_name", equalTo("by_form"))
                .body("partition_date", equalTo("2025-05-06"));
        file("", "x.jsonl", bytes("{\"a\":1}")).statusCode(200).body("table_name", equalTo("records"));
    }

    @Test
    void readsFieldsThatStandBehindTheFile() {
        given().multiPart("partition_date", "2025-05-06")
                .multiPart("file", "x.jsonl", bytes("{\"a\":1}\n".repeat(50_000)))
                .multiPart("table_name", "behind")
                .post("/ingest/file")
                .then()
                .statusCode(200)
                .body("table_name", equalTo("behind"))
                .body("partition_date", equalTo("2025-05-06"))
                .body("record_count", equalTo(50_000));
        given().multiPart("file", "x.jsonl", bytes("{\"a\":1}"))
                .multiPart("table_name", "no table")
                .post("/ingest/file")
                .then()
                .statusCode(422);
    }

    @Test
    void takesOneFileARequest() {
        given().multiPart("file", "x.jsonl", bytes("{\"a\":1}"))
                .multiPart("file", "y.jsonl", bytes("{\"a\":2}"))
                .post("/ingest/file?table_name=two_files")
                .then()
                .statusCode(422)
                .body("detail", containsString("twice"));
        given().get("/table/two_files/count").then().statusCode(404);
    }

    @Test
    void takesLongNames() {
        file("?table_name=long_name", "測".repeat(80) + "é".repeat(200) + ".jsonl", bytes("{\"a\":1}"))
                .statusCode(200)
                .body("record_count", equalTo(1));
    }

    @Test
    void takesCompressedFilesOfSeveralMembers() throws IOException {
        byte[] first = gzip(bytes("{\"n\":1}\n".repeat(30_000)));
        byte[] second = gzip(bytes("{\"n\":2}\n"));
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        file("?table_name=members", "x.gz", both).statusCode(200).body("record_count", equalTo(30_001));
    }

    @Test
    void takesCsvWithoutChangingItsValues() throws IOException {
        String csv =
                "id,zip,price,at,ok,note\n1,007,1.50,2025-01-02T03:04:05Z,true,\"a, b\"\n2,12,2,2025-01-02T03:04:06Z,false,\n";

        file("?table_name=csv", "data.csv.gz", gzip(bytes(csv))).statusCode(200).body("record_count", equalTo(2));

        assertThat(rows("SELECT concat_ws('|', id, zip, price, \"at\", ok, note) FROM lake.data.csv ORDER BY id"))
                .containsExactly("1|007|1.5|2025-01-02 03:04:05+00|true|a, b", "2|12|2.0|2025-01-02 03:04:06+00|false");
        assertThat(typeOf("csv", "zip")).isEqualTo("VARCHAR");
        assertThat(typeOf("csv", "at")).isEqualTo("TIMESTAMP WITH TIME ZONE");
        assertThat(typeOf("csv", "id")).isEqualTo("BIGINT");
    }

    @Test
    void takesParquet() throws IOException {
        Path file = folder.resolve("x.parquet");
        try (DuckDb writer = DuckDb.inMemory(DuckDbSettings.in(folder));
                Session session = writer.open()) {
            session.execute(
                    "COPY (SELECT 1 AS n, {'a': [1.5]} AS s, TIMESTAMP '2025-01-02 03:04:05' AS t, 12345678901234567890123.5::DECIMAL(30,1) AS d, 'x'::BLOB AS b) TO '%s'"
                            .formatted(file));
        }

        file("?table_name=parquet", "any", Files.readAllBytes(file)).statusCode(200);

        assertThat(rows("SELECT concat_ws('|', n, s.a[1], t, d, b) FROM lake.data.parquet"))
                .containsExactly("1|1.5|2025-01-02 03:04:05|12345678901234567890123.5|eA==");
    }

    @Test
    void rejectsBadElementsOfAnArrayWithoutLines() {
        file("?table_name=elements", "a.json", bytes("[{\"a\":1},2,{\"a\":}]"))
                .statusCode(200)
                .body("record_count", equalTo(1))
                .body("rejected.index", contains(1, 2))
                .body("rejected.line", contains(nullValue(), nullValue()));
    }

    @Test
    void refusesFilesThatAreNone() throws IOException {
        refused("a.json", bytes("[{\"a\":1}"), "ends too early");
        refused("a.json", bytes("[{\"a\":1}] x"), "behind");
        refused("a.json", bytes("[{\"a\":1},,{\"a\":2}]"), "missing");
        refused("a.json", bytes(""), "empty");
        refused("a.bin", bytes("\u0001\u0002"), "neither JSON nor CSV");
        refused("x.parquet", bytes("PAR1 nothing PAR1"), "Parquet");
        byte[] cut = gzip(bytes("{\"a\":1}\n".repeat(2000)));
        refused("x.gz", java.util.Arrays.copyOf(cut, cut.length / 2), "");
        given().multiPart("other", "x", bytes("y")).post("/ingest/file").then().statusCode(422);
        given().body("x").contentType("text/plain").post("/ingest/file").then().statusCode(415);
        given().get("/table/refused_files/count").then().statusCode(404);
    }

    private static void refused(String name, byte[] content, String reason) {
        file("?table_name=refused_files", name, content)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString(reason));
    }
}
