package io.duckfleet.datanode.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class CachingHttpTest {

    @BeforeEach
    void awaitReady() {
        NodeFixture.awaitReady();
    }

    @Test
    void saysThatADataAnswerHasNotChanged() {
        String tag = given().get("/data?columns=name").header("ETag");

        Response again = given().header("If-None-Match", tag).get("/data?columns=name");

        assertThat(tag).startsWith("W/\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(again.asByteArray()).isEmpty();
        assertThat(given().header("If-None-Match", "\"other\", " + tag)
                        .get("/data?columns=name")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void tagsColumnsFormatsAndNumbersApart() {
        String tag = given().get("/data?columns=name").header("ETag");

        assertThat(given().get("/data?columns=id").header("ETag")).isNotEqualTo(tag);
        assertThat(given().get("/data?columns=name&format=csv").header("ETag")).isNotEqualTo(tag);
        assertThat(given().get("/data?columns=name&numbers=safe").header("ETag"))
                .isNotEqualTo(tag);
        assertThat(given().header("If-None-Match", tag).get("/data?columns=id").statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysThatAQuerysAnswerHasNotChanged() {
        String tag = query("SELECT sum(id) AS s FROM birds", "").header("ETag");

        assertThat(query("SELECT sum(id) AS s FROM birds", tag).statusCode()).isEqualTo(304);
        assertThat(query("SELECT max(id) AS s FROM birds", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT random() AS r",
                "SELECT now() AS n FROM birds",
                "SELECT current_date AS d",
                "SELECT Current_Timestamp AS d",
                "SELECT gen_random_uuid() AS u",
                "SELECT ago(INTERVAL 1 DAY) AS a",
                "SELECT name FROM birds USING SAMPLE 2 ROWS",
                "SELECT name FROM birds TABLESAMPLE 50%",
            })
    void tagsNothingThatChangesByItself(String sql) {
        assertThat(query(sql, "").header("ETag")).isNull();
        assertThat(query(sql, "*").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv", "text", "arrow"})
    void compressesForThoseWhoAsk(String format) throws IOException {
        HttpURLConnection plain = get("/data?format=" + format, "identity");
        HttpURLConnection compressed = get("/data?format=" + format, "gzip");

        byte[] expected = read(plain.getInputStream());
        byte[] received = read(new GZIPInputStream(compressed.getInputStream()));

        assertThat(compressed.getHeaderField("Content-Encoding")).isEqualTo("gzip");
        assertThat(plain.getHeaderField("Content-Encoding")).isIn(null, "identity");
        if (format.equals("json")) {
            assertThat(new String(received, StandardCharsets.UTF_8)).contains("Goose, grey");
        } else {
            assertThat(received).hasSameSizeAs(expected);
        }
    }

    @Test
    void compressesNoParquet() throws IOException {
        assertThat(get("/data?format=parquet", "gzip").getHeaderField("Content-Encoding"))
                .isIn(null, "identity");
        Response fragment = given().header("Accept-Encoding", "gzip")
                .body("{\"fragment_id\":\"plain\",\"sql\":\"SELECT name FROM birds\"}")
                .post("/fragments");
        assertThat(fragment.header("Content-Encoding")).isIn(null, "identity");
        assertThat(fragment.header("Content-Length")).isEqualTo(Integer.toString(fragment.asByteArray().length));
    }

    private static Response query(String sql, String tag) {
        return given().contentType("application/json")
                .header("If-None-Match", tag)
                .body(Map.of("query", sql))
                .post("/query");
    }

    private static HttpURLConnection get(String path, String encoding) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + path)
                .toURL()
                .openConnection();
        connection.setRequestProperty("Accept-Encoding", encoding);
        return connection;
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }
}
