package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.coordinator.statement.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A statement with parameters gives what one DuckDB gives for the prepared statement.
class ParametersTest {

    private static SingleNode node;

    @BeforeAll
    static void open() {
        node = new SingleNode(List.of(
                "CREATE TABLE t (i INTEGER, s VARCHAR, d DATE, p DECIMAL(9,2), b BOOLEAN, x DOUBLE)",
                "INSERT INTO t SELECT i, chr((97 + i % 5)::INTEGER), DATE '2026-01-01' + i::INTEGER, i + 0.25, i % 2 = 0, i / 4"
                        + " FROM range(40) r(i)",
                "INSERT INTO t VALUES (NULL, NULL, NULL, NULL, NULL, NULL)"));
    }

    @AfterAll
    static void close() {
        node.close();
    }

    static List<Arguments> statements() {
        return List.of(
                statement("SELECT * FROM t WHERE i = ?", 7),
                statement("SELECT * FROM t WHERE i > ? AND s = ?", 3, "b"),
                statement("SELECT s, count(*) FROM t WHERE d >= ? GROUP BY s", "2026-01-20"),
                statement("SELECT * FROM t WHERE d = $1::DATE OR i = $2", "2026-01-03", 5),
                statement("SELECT * FROM t WHERE i BETWEEN $2 AND $1", 9, 4),
                statement("SELECT i FROM t WHERE b = ? ORDER BY i LIMIT ? OFFSET ?", true, 3, 2),
                statement("SELECT i FROM t WHERE s LIKE ?", "%a%"),
                statement("SELECT i + ? AS n FROM t WHERE x < ?", 1, 2.5),
                statement("SELECT i FROM t WHERE p = ?", 3.25),
                statement("SELECT i FROM t WHERE i IN (?, ?) OR i IS NOT DISTINCT FROM ?", 1, 2, 30),
                statement("SELECT coalesce(s, ?) AS s FROM t", "none"),
                statement(
                        "SELECT count(*) AS n FROM t WHERE i > (SELECT avg(i) FROM t WHERE s = ?) AND s <> ?",
                        "a",
                        "c"),
                statement("SELECT i FROM t WHERE -i = ? OR i = -?", -3, -4),
                statement("SELECT list_transform([1, 2], lambda v: v + ?) AS l", 5),
                statement("SELECT i FROM t WHERE d < DATE '2026-01-01' + INTERVAL (?) DAY", 3));
    }

    private static Arguments statement(String sql, Object... values) {
        return Arguments.of(sql, Arrays.asList(values));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void giveWhatThePreparedStatementGives(String sql, List<Object> values) {
        Parameters parameters = Parameters.of(new ObjectMapper().valueToTree(values));

        assertThat(node.fleet(sql, parameters, OptionalLong.empty())).isEqualTo(node.oracle(sql, values.toArray()));
    }

    @Test
    void areSentToTheNodeAsConstants() {
        assertThat(node.explain("SELECT i FROM t WHERE s = ? AND d > ?", List.of("b", "2026-01-20")))
                .isEqualTo("""
                        local query
                          fragment t [i, s, d] where ("s" = 'b' AND "d" > CAST('2026-01-20' AS DATE))
                        """);
    }

    @Test
    void aRowLimitBoundsTheRowsThatAreFetched() {
        String sql = "SELECT i FROM t WHERE i > ?";
        Parameters two = Parameters.of(new ObjectMapper().valueToTree(List.of(2)));

        assertThat(node.fleet(sql, two, OptionalLong.of(4))).isEqualTo(node.oracle(sql + " LIMIT 4", 2));
    }
}
