package io.duckfleet.datanode;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One node with several tables, as a process.
class SeveralTablesIT {

    private static final String PARQUET = "application/vnd.apache.parquet";

    private static S3Server server;
    private static Map<String, String> environment;
    private static NodeProcess node;
    private static String address;

    @BeforeAll
    static void start() {
        server = S3Server.start();
        server.put("birds.csv", NodeFixture.CSV.getBytes(StandardCharsets.UTF_8));
        server.put("feeds.csv", "bird,food\n1,corn\n3,stars\n3,hay\n".getBytes(StandardCharsets.UTF_8));
        environment = Map.of(
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        node = NodeProcess.start(
                environment,
                "--table",
                "birds=s3://files/birds.csv",
                "--table",
                "feeds=s3://files/feeds.csv",
                "--host",
                "127.0.0.1",
                "--port",
                "0");
        address = node.awaitAddress();
        NodeProcess.awaitReady(address);
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    @Test
    void tellsOfTheFirstTableUnlessAnotherIsNamed() {
        given().get(address + "/metadata")
                .then()
                .statusCode(200)
                .body("view_name", is("birds"))
                .body("row_count", is(4))
                .body("tables", contains("birds", "feeds"));
        given().get(address + "/metadata?table=FEEDS")
                .then()
                .statusCode(200)
                .body("view_name", is("feeds"))
                .body("s3_url", is("s3://files/feeds.csv"))
                .body("row_count", is(3))
                .body("columns.name", contains("bird", "food"));
        given().get(address + "/").then().body("table_name", is("birds")).body("tables", contains("birds", "feeds"));
        given().get(address + "/health").then().body("tables.birds", is(4)).body("tables.feeds", is(3));
        assertThat(given().get(address + "/metrics").asString()).contains("node_table_rows{table=\"feeds\"} 3.0");
    }

    @Test
    void refusesATableThatItHasnt() {
        given().get(address + "/metadata?table=bird")
                .then()
                .statusCode(422)
                .body("errors[0].field", is("table"))
                .body("detail", containsString("did you mean \"birds\"?"));
        given().get(address + "/data?table=fish").then().statusCode(422);
    }

    @Test
    void givesRowsOfEachTable() {
        given().get(address + "/data?table=feeds&columns=food&limit=1")
                .then()
                .statusCode(200)
                .body("results", is(List.of(Map.of("food", "corn"))));
        given().get(address + "/data?columns=name&limit=1").then().body("results", is(List.of(Map.of("name", "Duck"))));
    }

    @Test
    void joinsItsTables() {
        String join = "SELECT name, food FROM birds JOIN feeds ON birds.id = feeds.bird ORDER BY food";

        given().body(Map.of("query", join))
                .contentType("application/json")
                .post(address + "/query")
                .then()
                .statusCode(200)
                .body("results.food", contains("corn", "hay", "stars"))
                .body("results.name", contains("Duck", "Ünicorn", "Ünicorn"));
        given().contentType("application/json")
                .accept(PARQUET)
                .body(Map.of("fragment_id", "join", "sql", join, "table_version", version("birds")))
                .post(address + "/fragments")
                .then()
                .statusCode(200)
                .header("Duckfleet-Rows", is("3"))
                .header("Duckfleet-Table-Version", is(version("feeds")));
    }

    @Test
    void loadsAllAgainAtOnce() {
        String before = version("feeds");

        given().post(address + "/reload")
                .then()
                .statusCode(200)
                .body("table_name", is("birds"))
                .body("row_count", is(4))
                .body("tables.table_name", contains("birds", "feeds"))
                .body("tables.row_count", contains(4, 3))
                .body("table_version", not(before));

        assertThat(version("birds")).isEqualTo(version("feeds")).isNotEqualTo(before);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        List.of("--table", "a=s3://files/birds.csv", "--table", "A=s3://files/feeds.csv"), 1, "twice"),
                Arguments.of(List.of("--table", "s3://files/birds.csv"), 1, "name=s3://bucket/key"),
                Arguments.of(List.of("--table", "no name=s3://files/birds.csv"), 1, "no table name"),
                Arguments.of(
                        List.of("--table", "a=s3://files/birds.csv", "--table", "b=s3://files/no.csv", "--port", "0"),
                        1,
                        "no.csv"),
                Arguments.of(
                        List.of("s3://files/birds.csv", "--table", "b=s3://files/feeds.csv", "--shard", "1/2"),
                        2,
                        "--shard"),
                Arguments.of(List.of("--port", "0"), 2, "S3_URL"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatItCantLoad(List<String> arguments, int exitCode, String reason) {
        try (NodeProcess refused = NodeProcess.start(environment, arguments.toArray(String[]::new))) {
            assertThat(refused.awaitExit()).isEqualTo(exitCode);
            assertThat(refused.errorLines().getFirst()).contains(reason);
        }
    }

    private static String version(String table) {
        return given().get(address + "/metadata?table=" + table).path("table_version");
    }
}
