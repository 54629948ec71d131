package io.duckfleet.common.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM a JOIN b USING (x), c                                  | a,b,c
            SELECT (SELECT 1 FROM b WHERE b.x = a.x) FROM a                      | b,a
            WITH c AS (SELECT * FROM a) SELECT * FROM c, b                       | a,b
            WITH a AS (SELECT * FROM a) SELECT * FROM a                          | a
            WITH c AS (SELECT 1), d AS (SELECT * FROM c, e) SELECT * FROM d      | e
            WITH d AS (SELECT * FROM c), c AS (SELECT 1) SELECT * FROM d, c      | c
            WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT * FROM r, a) FROM r   | a
            WITH C AS (SELECT 1) SELECT * FROM c                                 |
            SELECT * FROM lake.t, cat.sch.u                                      | lake.t,cat.sch.u
            WITH t AS (SELECT 1) SELECT * FROM lake.t                            | lake.t
            SELECT * FROM a WHERE x IN (WITH c AS (FROM b) SELECT y FROM c)      | a,b
            SELECT * FROM (PIVOT a ON x IN (1, 2) USING count(*))                | a
            DESCRIBE a                                                           | a
            SUMMARIZE a                                                          | a
            FROM range(3)                                                        |
            """)
    void findsTheTablesThatAreNoCtes(String sql, String tables) {
        List<String> expected = tables == null ? List.of() : List.of(tables.split(","));

        assertThat(read(sql).tables()).extracting(TableReference::written).containsExactlyElementsOf(expected);
    }

    @Test
    void countsPositionsInCharacters() {
        SelectStatement statement = read("SELECT 'größe' FROM a");

        assertThat(statement.tables().getFirst().position()).isEqualTo(OptionalInt.of(20));
    }

    @Test
    void tellsTimeTravel() {
        assertThat(read("FROM lake.t AT (VERSION => 3)").tables().getFirst().timeTravel())
                .isTrue();
        assertThat(read("FROM lake.t").tables().getFirst().timeTravel()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE a",
                "INSERT INTO a VALUES (1)",
                "SELECT 1; SELECT 2",
                "COPY a TO 'x'",
                "SET threads = 1",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "ATTACH 'x'",
                "SHOW TABLES",
                "CREATE TABLE b AS FROM a",
                "EXPLAIN SELECT 1",
                ""
            })
    void refusesWhatIsNotOneSelect(String sql) {
        assertThat(failure(sql).code()).isEqualTo(ErrorCode.NOT_A_SELECT);
    }

    @Test
    void takesAChangeBehindAWithForNoSecondStatement() {
        assertThat(failure("WITH b AS (SELECT 1) INSERT INTO a FROM b;").getMessage())
                .doesNotContain("one at a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; SELECT 2", "SELECT 1; DROP TABLE a", "FROM a; SELECT 1"})
    void saysThatStatementsAreSentOneAtATime(String sql) {
        assertThat(failure(sql)).hasMessageContaining("one at a time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('x')",
                "SELECT * FROM glob('*')",
                "SELECT * FROM postgres_scan('host=x', 'a', 'b')",
                "SELECT * FROM query('SELECT 1')",
                "FROM duckdb_settings()",
                "FROM pragma_table_info('a')",
                "SELECT current_setting('threads')",
                "SELECT getvariable('x') FROM a",
                "SELECT 1 WHERE sleep_ms(10) IS NULL",
                "SELECT x FROM a ORDER BY write_log('x')",
                "SELECT sum(x) OVER (ORDER BY nextval('s')) FROM a",
                "SELECT __internal_compress_string_ubigint('x')"
            })
    void refusesFunctionsThatReachOutside(String sql) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> FunctionPolicy.check(read(sql)));

        assertThat(error.code()).isEqualTo(ErrorCode.FUNCTION_NOT_ALLOWED);
        assertThat(error.extensions()).containsKey("position");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1                | SELECT 1
            SELECT 1 ; ;            | SELECT 1
            SELECT ';' AS x;        | SELECT ';' AS x
            SELECT 1; -- the end    | SELECT 1
            SELECT 1e400 AS x; --   | SELECT CAST('Infinity' AS DOUBLE) AS x
            SELECT -1e400; -- least | SELECT CAST('-Infinity' AS DOUBLE)
            """)
    void takesTheTerminatorOff(String sql, String body) {
        String subquery = database.withSession(session -> StatementReader.asSubquery(session, read(sql)));

        assertThat(subquery).isEqualTo(body);
    }

    private static SelectStatement read(String sql) {
        return database.withSession(session -> StatementReader.read(session, sql));
    }

    private static FleetException failure(String sql) {
        return catchThrowableOfType(FleetException.class, () -> read(sql));
    }
}
