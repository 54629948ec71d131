package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.local.SampleTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that would change, read or reach what isn't the caller's: refused on the coordinator and on the
/// nodes alike.
class HostileStatementsIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    /// The statements that the coordinator's own test refuses before anything runs.
    static Stream<String> statements() throws IOException {
        Path file = Path.of(System.getProperty("duckfleet.root"), "coordinator/src/test/resources/hostile.sql");
        return Stream.concat(
                Stream.of(""),
                Files.readAllLines(file, StandardCharsets.UTF_8).stream().filter(line -> !line.startsWith("--")));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void areRefusedByTheCoordinator(String sql) {
        assertRefused(fleet.query(sql, "json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE airports",
                "INSERT INTO airports SELECT * FROM airports",
                "SELECT 1; DROP TABLE airports",
                "COPY airports TO '/tmp/airports.csv'",
                "ATTACH '/tmp/x.duckdb'",
                "SET memory_limit = '1TB'",
                "SELECT * FROM read_text('/proc/self/environ')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM information_schema.tables",
                "SELECT current_setting('temp_directory')",
                "SELECT sleep_ms(100000)"
            })
    void areRefusedByANode(String sql) {
        assertRefused(
                fleet.post(fleet.local().node(SampleTable.AIRPORTS).resolve("/query"), Json.object("query", sql)));
    }

    @Test
    void leaveTheTablesAsTheyWere() {
        HttpResponse<String> answer = fleet.query("SELECT count(*) AS n FROM airports", "ndjson");

        assertThat(answer.body()).isEqualTo("{\"n\":7698}\n");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("code").asText()).isNotBlank();
    }
}
