package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.local.SampleTable;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that would change, read or reach what isn't the caller's: refused on the coordinator and on the
/// nodes alike.
class HostileStatementsIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE airports",
                "DELETE FROM airports",
                "UPDATE airports SET name = 'x'",
                "INSERT INTO airports SELECT * FROM airports",
                "CREATE TABLE mine AS FROM airports",
                "CREATE TEMP TABLE airports AS SELECT 1",
                "CREATE OR REPLACE VIEW airports AS SELECT 1",
                "CREATE MACRO f(x) AS x",
                "ALTER TABLE airports DROP COLUMN name",
                "TRUNCATE airports",
                "SELECT 1; DROP TABLE airports",
                "SELECT 1; SELECT 2",
                "COPY airports TO '/tmp/airports.csv'",
                "COPY (SELECT 1) TO 's3://samples/x.csv'",
                "EXPORT DATABASE '/tmp/x'",
                "ATTACH '/tmp/x.duckdb'",
                "DETACH memory",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET memory_limit = '1TB'",
                "RESET lock_configuration",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "USE memory",
                "BEGIN TRANSACTION",
                "CHECKPOINT",
                "VACUUM",
                "SHOW TABLES",
                "PREPARE p AS SELECT 1",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/proc/self/environ')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_parquet('s3://lake-data/**')",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'x')",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('airports')",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM pg_catalog.pg_tables",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM __ducklake_metadata_lake.ducklake.ducklake_snapshot",
                "SELECT * FROM pragma_database_size()",
                "SELECT current_setting('temp_directory')",
                "SELECT getvariable('x')",
                "SELECT sleep_ms(100000)",
                "SELECT write_log('x')",
                "SELECT pg_get_viewdef(1)",
                "WITH x AS (INSERT INTO airports VALUES (1)) SELECT 1",
                "SELECT * FROM temp.main.\"fragment 0\"",
                "SELECT rowid FROM airports",
                ""
            })
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
