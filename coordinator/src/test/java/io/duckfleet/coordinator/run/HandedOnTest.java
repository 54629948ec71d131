package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ForwardedJson;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Short answers that a node gives whole, in the form that the caller gets.
class HandedOnTest {

    private static final SingleNode fleet = new SingleNode(
            List.of("CREATE TABLE t AS SELECT i AS id, 'n' || i AS name, i % 3 = 0 AS third FROM range(5000) r(i)"));

    @AfterAll
    static void close() {
        fleet.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t LIMIT 5",
                "SELECT * FROM t ORDER BY id DESC LIMIT 1000",
                "SELECT id, id, name AS \"odd \"\" näme\", NULL::INTEGER AS nothing FROM t ORDER BY id LIMIT 2 OFFSET 4",
                "SELECT * FROM t WHERE id < 0 LIMIT 3",
                "SELECT count(*), max(name) FROM t",
                "SELECT sum(id)::HUGEINT * 10000000000000000000 AS huge, 12345678901234567.25::DECIMAL(38, 2) AS d FROM t",
                "SELECT list(id ORDER BY id)[1:3] AS few, 'a\"\\ü' || chr(1) AS text FROM t",
                "SELECT '2024-01-01 12:00:00+02'::TIMESTAMPTZ AS t, DATE '2024-02-29' AS d, INTERVAL 3 DAY AS i,"
                        + " TIME '01:02:03' AS clock, 'x'::BLOB AS b, 'NaN'::DOUBLE AS nan, 0.1::FLOAT AS f FROM t LIMIT 1",
                "WITH few AS (FROM t LIMIT 10) SELECT third, count(*) AS n FROM few GROUP BY third ORDER BY n LIMIT 4",
                "SELECT avg(id) FILTER (third) FROM t"
            })
    void areWhatTheCoordinatorWouldHaveWritten(String sql) {
        assertThat(fleet.isHandedOn(sql)).isTrue();
        assertThat(fleet.json(sql, JsonNumbers.PLAIN, FragmentForm.JSON))
                .isEqualTo(fleet.json(sql, JsonNumbers.PLAIN, FragmentForm.PARQUET));
        assertThat(fleet.json(sql, JsonNumbers.SAFE, FragmentForm.JSON_SAFE))
                .isEqualTo(fleet.json(sql, JsonNumbers.SAFE, FragmentForm.PARQUET));
        assertThat(fleet.scratch()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT * FROM t LIMIT 1001",
                "SELECT * FROM t LIMIT 10%",
                "SELECT * FROM t LIMIT (SELECT 3)",
                "SELECT third, count(*) FROM t GROUP BY third",
                "SELECT * FROM (FROM t LIMIT 5) UNION ALL FROM t",
                "SELECT random() FROM t LIMIT 5",
                "SELECT {'a': id} AS s FROM t LIMIT 5"
            })
    void areNotExpectedOfOtherStatements(String sql) {
        assertThat(fleet.isHandedOn(sql)).isFalse();
    }

    @Test
    void areMadeAnewWhereTheNodeRefuses() {
        String sql = "SELECT max(name::INTEGER) FROM t";

        assertThat(fleet.isHandedOn(sql)).isTrue();
        assertThatThrownBy(() -> fleet.json(sql, JsonNumbers.PLAIN, FragmentForm.JSON))
                .hasMessageContaining("Could not convert string 'n0' to INT32");
        assertThat(fleet.scratch()).isEmptyDirectory();
    }

    @Test
    void areTheNodesFaultWhereTheyAreBroken(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("answer");
        String whole = "{\"results\":[{\"a\":1},{\"a\":2}],\"columns\":[\"a\"],\"column_types\":[\"INTEGER\"]}";
        for (String broken : List.of(
                "",
                "[]",
                whole.substring(0, whole.length() - 1),
                whole.substring(0, 20),
                whole + "{}",
                whole.replace("{\"a\":2}", "3"),
                whole.replace("[\"INTEGER\"]", "[]"),
                whole.replace(",{\"a\":2}", ""))) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> HandedOn.of(fetched(file), ForwardedJson.TYPES_ALONE))
                    .as(broken)
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NODE_UNREACHABLE))
                    .hasMessageContaining("what came for table \"t\" from http://node:1 can't be read");
        }
        Files.writeString(file, whole);
        HandedOn.of(fetched(file), ForwardedJson.TYPES_ALONE).close();
    }

    private static FetchedFragment fetched(Path file) {
        TableShape table = new TableShape("t", Home.NODE, List.of(new Column("a", "INTEGER")), "1");
        return new FetchedFragment(
                new FragmentPart(TableFragment.whole(table), List.of()),
                URI.create("http://node:1"),
                FragmentFile.owned(file),
                2,
                100,
                Duration.ZERO,
                false);
    }
}
