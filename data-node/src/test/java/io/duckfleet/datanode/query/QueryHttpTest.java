package io.duckfleet.datanode.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class QueryHttpTest {

    @BeforeEach
    void awaitReady() {
        NodeFixture.awaitReady();
    }

    @Test
    void answersASelectAsJson() {
        given().body("{\"query\":\"SELECT id, name, price, day, seen, fresh FROM Birds ORDER BY id LIMIT 2\"}")
                .post("/query")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("columns", contains("id", "name", "price", "day", "seen", "fresh"))
                .body("results[0].name", is("Duck"))
                .body("results[0].day", is("2024-01-31"))
                .body("results[0].seen", is("2024-01-31T10:00:00"))
                .body("results[1].price", nullValue())
                .body("execution_time_ms", greaterThan(0f))
                .body("timestamp", notNullValue());
    }

    @Test
    void takesABodyThatCurlSendsAsAForm() {
        given().contentType("application/x-www-form-urlencoded")
                .body("{\"query\":\"SELECT count(*) AS n FROM birds\"}")
                .post("/query")
                .then()
                .statusCode(200)
                .body("results[0].n", is(4));
    }

    @Test
    void showsLargeNumbersAsTextsOnRequest() {
        String query = "{\"query\":\"SELECT max(id) AS m FROM birds\"}";

        given().body(query).post("/query?numbers=safe").then().body("results[0].m", is("9007199254740993"));
        given().body(query).post("/query").then().body("results[0].m", is(9007199254740993L));
    }

    @Test
    void answersInEveryFormat() throws IOException {
        String oracle = "SELECT * FROM birds ORDER BY id";

        assertThat(query(oracle, "text/csv").asString()).isEqualTo("""
                        id,name,price,day,seen,fresh
                        1,Duck,2.5,2024-01-31,2024-01-31 10:00:00,true
                        2,"Goose, grey",,2024-02-01,2024-02-01 11:30:00,false
                        3,Ünicorn,10.25,,2024-02-02 12:00:00,
                        9007199254740993,Swan,1.0,2024-03-01,2024-03-01 00:00:00,true
                        """);
        assertThat(query(oracle, "application/x-ndjson").asString().lines()).hasSize(4);
        assertThat(query(oracle, "text/plain").asString()).contains("Goose, grey");
        assertThat(query(oracle, "application/vnd.apache.arrow.stream").asByteArray())
                .hasSizeGreaterThan(500);
        assertThat(rowsOfParquet(query(oracle, "application/vnd.apache.parquet").asByteArray()))
                .containsExactly("Duck", "Goose, grey", "Ünicorn", "Swan");
    }

    @Test
    void projectsColumnsAndRows() {
        given().get("/data?columns=name,id&limit=2&offset=1")
                .then()
                .statusCode(200)
                .body("columns", contains("name", "id"))
                .body("results.name", contains("Goose, grey", "Ünicorn"));
        given().get("/data").then().statusCode(200).body("results.size()", is(4));
        given().get("/data?limit=0").then().statusCode(200).body("results.size()", is(0));
    }

    @Test
    void refusesParametersThatAreWrong() {
        given().get("/data?limit=-1").then().statusCode(422).body("errors[0].field", is("limit"));
        given().get("/data?limit=many&offset=x").then().statusCode(422).body("errors.size()", is(2));
        given().get("/data?columns=nam").then().statusCode(422).body("detail", containsString("did you mean \"name\""));
        given().get("/data?format=xml").then().statusCode(422).body("errors[0].field", is("format"));
        given().accept("image/png").get("/data").then().statusCode(406);
        given().get("/nowhere").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
        given().delete("/query").then().statusCode(405).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void refusesBodiesThatAreWrong() {
        given().body("{\"query\":").post("/query").then().statusCode(422).body("line", is(1));
        given().body("{\"query\":7}").post("/query").then().statusCode(422).body("errors[0].field", is("query"));
        given().body("{}").post("/query").then().statusCode(422).body("code", is("invalid_request"));
        given().body("[]").post("/query").then().statusCode(422);
        given().post("/query").then().statusCode(422);
        given().body("{\"query\":\"" + "x".repeat(2 << 20) + "\"}")
                .post("/query")
                .then()
                .statusCode(413);
    }

    @Test
    void tellsTheErrorsOfSql() {
        refused("SELECT FROM WHERE").body("code", is("sql_syntax"));
        refused("SELECT * FROM brids").body("code", is("unknown_table")).body("position", is(14));
        refused("SELECT nam FROM birds").body("code", is("unknown_column")).body("position", is(7));
        refused("SELECT name::INT FROM birds").body("code", is("sql_failed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE birds",
                "INSERT INTO birds SELECT * FROM birds",
                "UPDATE birds SET id = 1",
                "DELETE FROM birds",
                "CREATE TABLE t AS FROM birds",
                "COPY birds TO '/tmp/x.csv'",
                "ATTACH '/tmp/x.db'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET memory_limit = '1GB'",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "EXPLAIN SELECT 1",
                "SELECT 1; SELECT 2",
                "SHOW TABLES",
                "CHECKPOINT",
                "FROM main.birds",
                "FROM memory.main.birds",
                "FROM duckdb_settings()",
                "FROM information_schema.tables",
                "FROM sqlite_master",
                "FROM '/etc/passwd'",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM glob('/**')",
                "SELECT * FROM query('FROM birds')",
                "SELECT * FROM query_table('birds')",
                "SELECT getenv('PATH') FROM birds",
                "SELECT current_setting('memory_limit')",
                "SELECT (SELECT count(*) FROM duckdb_secrets())",
                "WITH t AS (FROM duckdb_tables()) FROM t",
            })
    void refusesWhatIsNoSelectOverTheTable(String sql) {
        given().body(Map.of("query", sql))
                .contentType("application/json")
                .post("/query")
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", not(containsString("java.")));
    }

    @Test
    void runsCommonTableExpressionsAndTableFunctions() {
        given().body("{\"query\":\"WITH t AS (FROM birds) SELECT count(*) AS n FROM t, range(3)\"}")
                .post("/query")
                .then()
                .body("results[0].n", is(12));
    }

    @Test
    void describesTheTable() {
        given().get("/metadata")
                .then()
                .statusCode(200)
                .body("s3_url", is("s3://files/birds.csv"))
                .body("view_name", is("birds"))
                .body("row_count", is(4))
                .body("column_count", is(6))
                .body("columns.name", contains("id", "name", "price", "day", "seen", "fresh"))
                .body("columns.type", contains("BIGINT", "VARCHAR", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN"))
                .body("columns[2].null_count", is(1))
                .body("columns[2].min", is("1.0"))
                .body("columns[2].max", is("10.25"))
                .body("columns[1].approx_distinct", is(4))
                .body("size_bytes", greaterThan(0))
                .body("load_time_ms", greaterThan(0f))
                .body("$", hasKey("table_version"))
                .body("$", hasKey("etag"))
                .body("loaded_at", notNullValue())
                .body("timestamp", notNullValue());
    }

    @Test
    void introducesItselfAndItsState() {
        given().get("/")
                .then()
                .body("docs_url", equalTo("/docs"))
                .body("openapi_url", equalTo("/openapi.json"))
                .body("table_name", equalTo("birds"))
                .body("$", hasKey("message"));
        given().get("/health")
                .then()
                .statusCode(200)
                .body("status", is("healthy"))
                .body("state", is("ready"));
        given().get("/health/live").then().statusCode(200);
        given().get("/openapi.json").then().statusCode(200).body("paths", hasKey("/query"));
        given().get("/openapi").then().statusCode(200);
        given().get("/docs").then().statusCode(200);
        assertThat(given().get("/metrics").asString()).contains("duckfleet_node_table_rows{table=\"birds\"} 4.0");
    }

    private static Response query(String sql, String accept) {
        return given().accept(accept).body("{\"query\":\"%s\"}".formatted(sql)).post("/query");
    }

    private static ValidatableResponse refused(String sql) {
        return given().body("{\"query\":\"%s\"}".formatted(sql))
                .post("/query")
                .then()
                .statusCode(400);
    }

    private static List<String> rowsOfParquet(byte[] parquet) throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create("test");
                DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            Path file = scratch.newFile("answer");
            Files.write(file, parquet);
            return session.queryTexts("SELECT name FROM read_parquet('%s')".formatted(file));
        }
    }
}
