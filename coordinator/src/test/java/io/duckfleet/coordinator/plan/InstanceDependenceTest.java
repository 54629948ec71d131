package io.duckfleet.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.FunctionPolicy;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceDependenceTest {

    @TempDir
    static Path scratch;

    private static DuckDb database;

    @BeforeAll
    static void open() {
        database = DuckDb.inMemory(DuckDbSettings.in(scratch));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /// A newer DuckDB may have more of them.
    @Test
    void knowsEachFunctionThatDuckDbCallsInconstant() {
        List<String> inconstant = database.withSession(session -> session.queryTexts("""
                SELECT DISTINCT function_name FROM duckdb_functions()
                WHERE stability <> 'CONSISTENT' AND function_type IN ('scalar', 'aggregate')
                """));

        assertThat(inconstant)
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(InstanceDependence.in(read("SELECT " + name + "(1)")) || isDenied(name))
                        .as(name)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT current_date",
                "SELECT CURRENT_USER",
                "SELECT 1 WHERE random() > 0.5",
                "SELECT * FROM (SELECT max(uuid()))",
                "SELECT list_transform([1], lambda x: x + random())",
                "SELECT count(*) OVER (ORDER BY now())"
            })
    void isSeenWhereverItStands(String sql) {
        assertThat(InstanceDependence.in(read(sql))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT md5('x'), hash(3)", "SELECT date_trunc('month', DATE '2026-01-02')", "SELECT 'now()'"})
    void isNotSeenInWhatIsAlwaysTheSame(String sql) {
        assertThat(InstanceDependence.in(read(sql))).isFalse();
    }

    private static boolean isDenied(String function) {
        try {
            FunctionPolicy.check(read("SELECT " + function + "(1)"));
            return false;
        } catch (FleetException e) {
            return true;
        }
    }

    private static SelectStatement read(String sql) {
        return database.withSession(session -> StatementReader.read(session, sql));
    }
}
