package io.duckfleet.datanode.fragment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class FragmentHttpTest {

    private static final String ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";

    private final ScratchDirectory nodeScratch;

    @Inject
    FragmentHttpTest(ScratchDirectory nodeScratch) {
        this.nodeScratch = nodeScratch;
    }

    @BeforeEach
    void awaitReady() {
        NodeFixture.awaitReady();
    }

    @Test
    void answersAsParquetInTheOrderOfTheSql() {
        Response answer = run("SELECT name FROM birds ORDER BY id DESC", version());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Duckfleet-Rows")).isEqualTo("4");
        assertThat(answer.header("Duckfleet-Duration-Ms")).isNotBlank();
        assertThat(answer.header("Duckfleet-Table-Version")).isEqualTo(version());
        assertThat(texts(answer.asByteArray(), "name")).containsExactly("Swan", "Ünicorn", "Goose, grey", "Duck");
    }

    @Test
    void tellsItsVersionAlone() {
        Response answer = given().get("/fragments/version");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.header("Duckfleet-Table-Version")).isEqualTo(version());
    }

    @Test
    void compressesForThoseWhoAsk() {
        String body = "{\"fragment_id\":\"compressed\",\"sql\":\"SELECT name FROM birds\"}";
        String parquet = "application/vnd.apache.parquet";

        byte[] plain = given().accept(parquet).body(body).post("/fragments").asByteArray();
        byte[] compressed = given().accept(parquet + ";compression=zstd")
                .body(body)
                .post("/fragments")
                .asByteArray();

        assertThat(compressionOf(plain)).containsExactly("UNCOMPRESSED");
        assertThat(compressionOf(compressed)).containsExactly("ZSTD");
        assertThat(texts(compressed, "name")).isEqualTo(texts(plain, "name"));
    }

    @Test
    void answersAsJsonForThoseWhoHandItOn() {
        String body =
                "{\"fragment_id\":\"json\",\"sql\":\"SELECT id, name, 9007199254740993 AS large FROM birds ORDER BY id LIMIT 1\"}";

        Response plain = given().accept("application/json").body(body).post("/fragments");
        Response safe =
                given().accept("application/json;numbers=safe").body(body).post("/fragments");

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.contentType()).startsWith("application/json");
        assertThat(plain.header("Duckfleet-Rows")).isEqualTo("1");
        assertThat(plain.header("Duckfleet-Table-Version")).isEqualTo(version());
        assertThat(plain.asString())
                .isEqualTo(
                        "{\"results\":[{\"id\":1,\"name\":\"Duck\",\"large\":9007199254740993}],\"columns\":[\"id\",\"name\",\"large\"],\"column_types\":[\"BIGINT\",\"VARCHAR\",\"BIGINT\"]}");
        assertThat(safe.asString()).contains("\"large\":\"9007199254740993\"");
        assertThat(given().accept("application/json, application/vnd.apache.parquet")
                        .body(body)
                        .post("/fragments")
                        .contentType())
                .isEqualTo("application/vnd.apache.parquet");
    }

    @Test
    void joinsWithKeySets() {
        Response answer = given().multiPart("request", """
                        {"fragment_id":"with-keys","sql":"SELECT name FROM birds SEMI JOIN keys USING (id)",
                         "key_sets":[{"name":"keys","columns":["id"]}]}""", "application/json")
                .multiPart(
                        "keys",
                        "keys.parquet",
                        parquet("SELECT 3 AS id UNION ALL SELECT 1"),
                        "application/octet-stream")
                .post("/fragments");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(texts(answer.asByteArray(), "name")).containsExactly("Duck", "Ünicorn");
    }

    @Test
    void refusesAnotherVersionOfTheTable() {
        run("SELECT 1", "another")
                .then()
                .statusCode(409)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", is("table_version_changed"))
                .body("table_version", is(version()));
    }

    @Test
    void refusesWhatIsNoSelectOverTableAndKeySets() {
        run("SELECT * FROM keys", version()).then().statusCode(400).body("code", is("unknown_table"));
        run("DROP TABLE birds", version()).then().statusCode(400).body("code", is("not_a_select"));
        run("FROM read_csv('/etc/passwd')", version()).then().statusCode(400).body("code", is("function_not_allowed"));
        given().body("nonsense").post("/fragments").then().statusCode(422);
        given().body("{\"fragment_id\":\"x\"}").post("/fragments").then().statusCode(422);
        given().accept("text/csv")
                .body("{\"fragment_id\":\"x\",\"sql\":\"SELECT 1\"}")
                .post("/fragments")
                .then()
                .statusCode(406);
    }

    @Test
    void stopsAtItsDeadline() {
        given().body("{\"fragment_id\":\"late\",\"sql\":\"%s\",\"deadline_ms\":200}".formatted(ENDLESS))
                .post("/fragments")
                .then()
                .statusCode(504)
                .body("code", is("deadline"));
    }

    @Test
    void stopsWhenItIsCancelled() {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> given().body("{\"fragment_id\":\"cancel me\",\"sql\":\"%s\"}".formatted(ENDLESS))
                        .post("/fragments"));

        Instant patience = Instant.now().plus(Duration.ofSeconds(30));
        while (!answer.isDone() && Instant.now().isBefore(patience)) {
            given().delete("/fragments/{id}", "cancel me").then().statusCode(204);
        }

        assertThat(answer.join().statusCode()).isEqualTo(409);
        assertThat(answer.join().<String>path("code")).isEqualTo("cancelled");
    }

    @Test
    void deletesTheFilesThatItSent() throws IOException {
        run("SELECT * FROM birds", version());

        Instant patience = Instant.now().plus(Duration.ofSeconds(10));
        while (!filesLeft().isEmpty() && Instant.now().isBefore(patience)) {
            Thread.onSpinWait();
        }
        assertThat(filesLeft()).isEmpty();
    }

    private List<Path> filesLeft() throws IOException {
        try (Stream<Path> files = Files.walk(nodeScratch.path())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String version() {
        return given().get("/metadata").path("table_version");
    }

    private static Response run(String sql, String version) {
        return given().accept("application/vnd.apache.parquet")
                .multiPart(
                        "request",
                        "{\"fragment_id\":\"%s\",\"sql\":\"%s\",\"table_version\":\"%s\",\"deadline_ms\":30000,\"key_sets\":[]}"
                                .formatted(Integer.toHexString(sql.hashCode()), sql, version),
                        "application/json")
                .post("/fragments");
    }

    private static byte[] parquet(String sql) {
        try (ScratchDirectory scratch = ScratchDirectory.create("test");
                DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            Path file = scratch.newFile("keys");
            session.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(sql, file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> compressionOf(byte[] parquet) {
        return query(parquet, "SELECT DISTINCT compression FROM parquet_metadata('%s')");
    }

    private static List<String> texts(byte[] parquet, String column) {
        return query(parquet, "SELECT %s FROM read_parquet('%%s')".formatted(column));
    }

    private static List<String> query(byte[] parquet, String sql) {
        try (ScratchDirectory scratch = ScratchDirectory.create("test");
                DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            Path file = scratch.newFile("answer");
            Files.write(file, parquet);
            return session.queryTexts(sql.formatted(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
