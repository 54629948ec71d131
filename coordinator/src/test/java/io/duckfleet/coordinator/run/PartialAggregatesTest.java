package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.coordinator.statement.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups of shards, combined, are those of the whole table.
class PartialAggregatesTest {

    private static final List<String> TABLES = List.of(
            "CREATE TABLE t (k INTEGER, g VARCHAR, b BOOLEAN, big BIGINT, u UBIGINT, dec DECIMAL(18, 3), x DOUBLE, day DATE,"
                    + " \"part 0\" INTEGER, h HUGEINT, wide DECIMAL(38, 1))",
            "INSERT INTO t SELECT CASE WHEN i % 11 > 0 THEN i % 7 END, CASE WHEN i % 5 > 0 THEN 'g' || i % 3 END,"
                    + " CASE i % 4 WHEN 0 THEN NULL ELSE i % 3 = 0 END, 9223372036854775807 - i, 18446744073709551615 - i::UBIGINT,"
                    + " (i * 1.001)::DECIMAL(18, 3), i / 7, DATE '2026-01-01' + (i % 9)::INTEGER, i, i, i FROM range(200) r(i)");

    private static final List<String> KEYS = List.of("k", "g", "b", "day", "big", "dec");
    private static final List<String> AGGREGATES = List.of(
            "count(*)",
            "count(g)",
            "sum(k)",
            "sum(big)",
            "sum(u)",
            "sum(dec)",
            "min(day)",
            "max(g)",
            "min(dec)",
            "bool_and(b)",
            "bool_or(b)");
    private static final List<String> CONDITIONS = List.of(
            "k > 2",
            "b",
            "g <> 'g1'",
            "day BETWEEN '2026-01-02' AND '2026-01-06'",
            "k IS NULL OR b",
            "x < 9",
            "k > 100");

    private static SingleNode shards;

    @BeforeAll
    static void open() {
        shards = new SingleNode(TABLES, 1, 3, 1);
    }

    @AfterAll
    static void close() {
        shards.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM t",
                "SELECT g, count(*) AS n, count(k), sum(k), min(day), max(g), bool_and(b), bool_or(b) FROM t GROUP BY g",
                "SELECT g, k, sum(big), sum(u), sum(dec), min(dec), max(big) FROM t GROUP BY g, k",
                "SELECT k, g, sum(k) * 2 + count(*) AS s FROM t WHERE day > '2026-01-03' GROUP BY ALL",
                "SELECT g AS name, sum(k) FROM t GROUP BY 1 ORDER BY 2 DESC, 1",
                "SELECT upper(g) || '!' AS g, count(*) FROM t GROUP BY g",
                "SELECT t.g, sum(t.k) FILTER (WHERE b), count(*) FILTER (k > 3) FROM t GROUP BY t.g HAVING count(*) > 10 ORDER BY sum(t.k)",
                "SELECT z.g FROM t AS z GROUP BY z.g HAVING max(z.k) = 6",
                "SELECT sum(k), min(k), bool_or(b), count(*) FROM t WHERE k > 100",
                "SELECT CASE WHEN count(*) > 10 THEN 'many' ELSE g END AS c, g FROM t GROUP BY g ORDER BY c, g LIMIT 3",
                "SELECT count(*) AS k, g AS n FROM t GROUP BY g ORDER BY k, n",
                "SELECT k FROM t GROUP BY k ORDER BY k NULLS FIRST",
                "SELECT sum(k) BETWEEN 0 AND 1000 AS few, CAST(max(day) AS VARCHAR) AS d FROM t",
                "FROM t SELECT b, count(*) GROUP BY b",
                "SELECT g, count(*) FROM t GROUP BY g ORDER BY count(*) DESC, g LIMIT 2 OFFSET 1",
                "SELECT max(g) AS k, k + 1 AS n FROM t GROUP BY k ORDER BY n",
                "SELECT g, count(*), sum(k) FILTER (x < 1e400), sum(k) FILTER (x < -1e400) FROM t WHERE x > -1e400 GROUP BY g",
                "SELECT g AS same, k AS same, count(*) FROM t GROUP BY ALL",
                "FROM (SELECT g AS a, count(*) FROM t GROUP BY ALL ORDER BY 2, 1) LIMIT 3"
            })
    void giveWhatOneDuckDbGives(String sql) {
        assertThat(shards.explainAnswers(sql)).contains("groups at the shards of t");
        assertThat(shards.fleet(sql)).isEqualTo(shards.oracle(sql));
        assertThat(shards.fleetOfTables(sql)).isEqualTo(shards.oracle(sql));
    }

    @Test
    void keepWithinARowLimit() {
        String sql = "SELECT g, count(*) AS n FROM t GROUP BY g ORDER BY n, g";

        assertThat(shards.fleet(sql, new Parameters.None(), OptionalLong.of(2)))
                .isEqualTo(shards.oracle(sql + " LIMIT 2"));
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("duckfleet.random.groups", 60));
    }

    /// `-Dduckfleet.random.groups=N` makes more of them.
    @ParameterizedTest
    @MethodSource("seeds")
    void giveWhatOneDuckDbGivesForAnyGroups(long seed) {
        String sql = random(new Dice(new SplittableRandom(seed)));

        assertThat(shards.explainAnswers(sql)).as(sql).contains("groups at the shards of t");
        assertThat(shards.fleet(sql)).as(sql).isEqualTo(shards.oracle(sql));
    }

    private static String random(Dice dice) {
        List<String> keys = KEYS.stream().filter(_ -> dice.oneIn(3)).toList();
        List<String> items = new ArrayList<>(keys);
        for (int i = 0; i <= dice.below(4); i++) {
            items.add(aggregate(dice) + (dice.oneIn(3) ? " AS a" + i : ""));
        }
        String where = dice.oneIn(2) ? " WHERE " + dice.pick(CONDITIONS) : "";
        String groups = keys.isEmpty() ? "" : " GROUP BY " + (dice.oneIn(2) ? "ALL" : String.join(", ", keys));
        String having = dice.oneIn(3) ? " HAVING %s IS NOT NULL".formatted(aggregate(dice)) : "";
        return "SELECT %s FROM t%s%s%s".formatted(String.join(", ", items), where, groups, having);
    }

    private static String aggregate(Dice dice) {
        String filter = dice.oneIn(3) ? " FILTER (%s)".formatted(dice.pick(CONDITIONS)) : "";
        String aggregate = dice.pick(AGGREGATES) + filter;
        return dice.oneIn(4) ? "coalesce(%s::VARCHAR, '-')".formatted(aggregate) : aggregate;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT sum(x) FROM t",
                "SELECT avg(k) FROM t",
                "SELECT count(DISTINCT k) FROM t",
                "SELECT x, count(*) FROM t GROUP BY x",
                "SELECT min(x) FROM t",
                "SELECT sum(h) FROM t",
                "SELECT k % 2 AS odd, count(*) FROM t GROUP BY k % 2",
                "SELECT k % 2 AS odd, count(*) FROM t GROUP BY ALL",
                "SELECT string_agg(g ORDER BY g) FROM t",
                "SELECT first(g), count(*) FROM t WHERE k = 1 AND g = 'g1' GROUP BY day ORDER BY day",
                "SELECT g, count(*) FROM t GROUP BY ROLLUP (g)",
                "SELECT g, count(*) FROM t GROUP BY GROUPING SETS ((g), (k))",
                "SELECT DISTINCT g, count(*) FROM t GROUP BY g, k",
                "SELECT g, count(*), rank() OVER (ORDER BY count(*)) FROM t GROUP BY g",
                "SELECT g, count(*) FROM t GROUP BY g HAVING count(*) > (SELECT min(k) FROM t)",
                "SELECT k AS \"max(big)\", max(big) FROM t GROUP BY k ORDER BY \"max(big)\"",
                "SELECT sum(wide) FROM t",
                "SELECT k + 1 AS z, count(*) FROM t WHERE z > 3 GROUP BY k",
                "SELECT count(*) FROM t WHERE k > random()",
                "SELECT count(*) FROM t USING SAMPLE 100 PERCENT (bernoulli)",
                "SELECT count(*) FROM t WHERE k > 3 AND k < 3",
                "SELECT min(g ORDER BY k) FROM t",
                "SELECT COLUMNS('k') FROM t GROUP BY k",
                "SELECT g, max(k) AS k FROM t GROUP BY g HAVING k > 2",
                "SELECT g, count(*), list(g) FROM t GROUP BY g",
                "SELECT geomean(k) FROM t WHERE k > 0",
                "SELECT max(k, 2) FROM t",
                "SELECT count(*) AS \"part 0\" FROM t",
                "WITH c AS (SELECT * FROM t) SELECT count(*) FROM c",
                "SELECT count(*) FROM t a JOIN t b USING (k)",
                "SELECT g FROM t WHERE k = 3",
                "SELECT * EXCLUDE (g) FROM (SELECT g, count(*) FROM t GROUP BY g)",
                "SELECT DISTINCT * FROM (SELECT k, count(*) FROM t GROUP BY k)",
                "FROM (SELECT g, count(*) AS n FROM t GROUP BY g) AS x(a) WHERE n > 3"
            })
    void leavesToTheCoordinatorWhatIsNotKnownToBeExact(String sql) {
        assertThat(shards.explainAnswers(sql)).doesNotContain("groups at the shards");
        assertThat(shards.fleet(sql)).isEqualTo(shards.oracle(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT count(*) FROM t WHERE g::INTEGER > 1", "SELECT sum(k) FROM t HAVING max(g)::INTEGER > 1"
            })
    void tellsWhatOneDuckDbTellsOfAnErrorInAValue(String sql) {
        assertThatThrownBy(() -> shards.fleet(sql)).hasMessageContaining("Could not convert string 'g");
    }
}
