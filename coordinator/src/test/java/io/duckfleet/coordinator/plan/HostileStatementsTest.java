package io.duckfleet.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.statement.CallersStatement;
import io.duckfleet.coordinator.statement.CallersStatementReader;
import io.duckfleet.coordinator.statement.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What isn't one SELECT over the fleet's tables with allowed functions is refused before anything runs, as
/// the caller's fault.
class HostileStatementsTest {

    private static final Path FILE =
            Path.of(System.getProperty("duckfleet.root"), "coordinator/src/test/resources/hostile.sql");

    @TempDir
    static Path scratch;

    private static Adviser adviser;
    private static DuckDb parser;

    @BeforeAll
    static void open() {
        List<Column> columns = List.of(new Column("name", "VARCHAR"), new Column("id", "BIGINT"));
        adviser = new Adviser(
                new FleetSchema(List.of(
                        new TableShape("airports", Home.NODE, columns, "1"),
                        new TableShape("airlines", Home.NODE, columns, "1"),
                        new TableShape("trips", Home.LAKE, columns, "1"))),
                DuckDbSettings.in(scratch),
                _ -> true,
                NodeWork.ANSWERS);
        parser = DuckDb.inMemory(DuckDbSettings.in(scratch));
    }

    @AfterAll
    static void close() {
        adviser.close();
        parser.close();
    }

    static Stream<String> statements() throws IOException {
        return Files.readAllLines(FILE, StandardCharsets.UTF_8).stream().filter(line -> !line.startsWith("--"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void areRefusedAsTheCallersFault(String sql) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> plan(sql));

        assertThat(error).as(sql).isNotNull();
        assertThat(error.code().category()).isEqualTo(ErrorCode.Category.USER);
        assertThat(error.code().status()).isEqualTo(400);
        assertThat(error.detail()).isNotBlank().doesNotContain("stub");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            (                           | 1   | )    | 20000
            (SELECT * FROM              | airports | ) | 900
            1 +                         | 1   |      | 5000
            NOT                         | true |     | 5000
            [                           | 1   | ]    | 5000
            {'a':                       | 1   | }    | 5000
            CASE WHEN true THEN         | 1   | END  | 5000
            list_transform([1], x ->    | 1   | )    | 900
            CAST(                       | 1   | AS INTEGER) | 2000
            """)
    void areRefusedWhenTheyNestTooDeep(String open, String inner, String close, int depth) {
        String sql =
                "SELECT " + (open + " ").repeat(depth) + inner + (" " + (close == null ? "" : close)).repeat(depth);

        FleetException error = catchThrowableOfType(FleetException.class, () -> plan(sql));

        assertThat(error).isNotNull();
        assertThat(error.code()).isIn(ErrorCode.SQL_SYNTAX, ErrorCode.SQL_FAILED);
    }

    @Test
    void areServedWhenTheyOnlyLookSo() {
        List<String> harmless = List.of(
                "SELECT 'DROP TABLE airports; --' AS x FROM airports",
                "SELECT name AS \"getenv('x')\" FROM airports",
                "WITH duckdb_secrets AS (FROM airports) SELECT * FROM duckdb_secrets",
                "SELECT 1 /* ; DROP TABLE airports */",
                "SELECT " + "1 + ".repeat(300) + "1",
                "SELECT " + "(".repeat(900) + "1" + ")".repeat(900),
                "SELECT name FROM airports WHERE " + "id = 1 OR ".repeat(3_000) + "id = 2");

        for (String sql : harmless) {
            assertThat(plan(sql).inputs()).as(sql).hasSizeLessThan(2);
        }
    }

    private static PlanNode.LocalQuery plan(String sql) {
        return parser.withSession(session -> {
            CallersStatement statement =
                    CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty());
            PlanNode.LocalQuery plan = Planner.plan(statement, adviser, session);
            adviser.advise(statement.toRun().sql());
            return plan;
        });
    }
}
