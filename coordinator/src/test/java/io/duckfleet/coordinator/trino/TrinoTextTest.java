package io.duckfleet.coordinator.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.trino.TrinoQuery.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                "  -- why\n SELECT 1 ; ;",
                "/* /* */ VALUES 1",
                "(SELECT 1) UNION (SELECT 2)",
                "WITH t AS (SELECT 1) SELECT * FROM t",
                "TABLE events",
                "SHOW TABLES",
                "DESCRIBE events",
                "DESC events",
                "EXPLAIN SELECT 1",
                "EXPLAIN ANALYZE VERBOSE SELECT 1",
                "EXPLAIN (TYPE IO, FORMAT JSON) SELECT 1"
            })
    void takesWhatReads(String sql) {
        assertThat(TrinoText.of(sql).sql()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "-- SELECT 1",
                "INSERT INTO t SELECT 1",
                "DELETE FROM t",
                "CREATE TABLE t AS SELECT 1",
                "EXPLAIN ANALYZE INSERT INTO t SELECT 1",
                "EXPLAIN (TYPE LOGICAL) DROP TABLE t",
                "CALL system.kill_query('x')",
                "EXECUTE IMMEDIATE 'DROP TABLE t'",
                "SET SESSION x = 1",
                "\"select\" 1",
                // In DuckDB comments nest, in Trino they don't: there, these are DROP TABLE.
                "/* /* */ DROP TABLE t -- */ SELECT 1",
                "EXPLAIN ANALYZE /* /* */ DROP TABLE t -- */ SELECT 1",
                "$$ DROP TABLE t -- $$ SELECT 1"
            })
    void refusesWhatMayChangeSomething(String sql) {
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> TrinoText.of(sql))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_A_SELECT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | ''",
                "SELECT * FROM events | events",
                "SELECT * FROM iceberg.public.\"Big \"\"one\"\"\" e | iceberg.public.Big \"one\"",
                "SELECT * FROM a, b AS c, d JOIN e ON a.x = e.x WHERE f IN (g, h) | a b d e",
                "SELECT x, y FROM (SELECT i, j FROM a) s, (b CROSS JOIN c) | a b c",
                "SELECT (SELECT max(x) FROM b), c FROM a | b a",
                "SELECT extract(year FROM d), trim(BOTH 'x' FROM e), x IS DISTINCT FROM y FROM t | t",
                "SELECT x FROM UNNEST(ARRAY[1, 2]) u(x), t, TABLE(sequence(1, 2)), LATERAL (SELECT y FROM v) | t v",
                "WITH a AS (SELECT * FROM b), c (x, y) AS (SELECT 1, 2) SELECT * FROM a, c, d | b d",
                "SELECT * FROM a ORDER BY x, y | a",
                "SELECT * FROM a GROUP BY x, y UNION SELECT u, v FROM b LIMIT 3 | a b",
                "SELECT ' FROM x' -- FROM y\\n FROM a /* FROM z */ | a",
                "SELECT * FROM (VALUES (1, 2), (3, 4)) AS t(a, b), c | c",
                "TABLE events | events",
                "SHOW TABLES FROM public | ''",
                "SHOW COLUMNS FROM events | events",
                "SHOW CREATE TABLE events | events",
                "DESCRIBE events | events",
                "EXPLAIN SELECT * FROM events | events"
            })
    void tellsWhichTablesAreNamed(String sql, String tables) {
        assertThat(String.join(" ", TrinoText.of(sql.replace("\\n", "\n")).tables()))
                .isEqualTo(tables);
    }

    @Test
    void asksForThePlanOfAStatementOnce() {
        assertThat(TrinoText.of(" SELECT 1;").toSend(Wanted.PLAN)).isEqualTo("EXPLAIN SELECT 1");
        assertThat(TrinoText.of("EXPLAIN SELECT 1").toSend(Wanted.PLAN)).isEqualTo("EXPLAIN SELECT 1");
        assertThat(TrinoText.of("SELECT 1").toSend(Wanted.ANALYZED_PLAN)).isEqualTo("EXPLAIN ANALYZE SELECT 1");
    }

    @Test
    void findsAPlaceInTheCallersText() {
        String sql = "  SELECT x\n  FROM nowhere";

        assertThat(sql.substring(TrinoText.of(sql).position(Wanted.ROWS, 1, 8))).startsWith("x\n");
        assertThat(sql.substring(TrinoText.of(sql).position(Wanted.PLAN, 1, 16)))
                .startsWith("x\n");
        assertThat(sql.substring(TrinoText.of(sql).position(Wanted.PLAN, 2, 8))).isEqualTo("nowhere");
        assertThat(TrinoText.of(sql).position(Wanted.ROWS, 9, 999)).isBetween(0, sql.length());
    }
}
