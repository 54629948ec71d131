package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Planning, fetching and joining against the oracle, over the sample tables.
class DistributedEqualsSingleNodeTest {

    private static final List<String> DIFFERENCES = List.of(
            "CREATE TABLE d1 (id BIGINT, k BIGINT, v VARCHAR[], arr INTEGER[2], deep STRUCT(a INTEGER[2], b INTERVAL))",
            "INSERT INTO d1 SELECT i, i % 4, CASE WHEN i % 3 > 0 THEN ['x'] END, [i, i + 1],"
                    + " {'a': [i, NULL], 'b': INTERVAL 1 DAY * i} FROM range(20) r(i)",
            "CREATE TABLE d2 AS SELECT i AS id, i % 5 AS k, i % 2 = 0 AS b FROM range(9) r(i)");

    private static SingleNode node;
    private static SingleNode together;

    @BeforeAll
    static void open() {
        Path samples = Path.of(System.getProperty("duckfleet.root"), "samples");
        List<String> tables = new ArrayList<>(DIFFERENCES);
        for (String table : List.of("airports", "airlines", "routes")) {
            tables.add("CREATE TABLE %s AS FROM read_csv(%s)"
                    .formatted(
                            table,
                            Identifiers.literal(
                                    samples.resolve(table + ".csv.gz").toString())));
        }
        tables.add("CREATE TABLE airlines_again AS FROM airlines");
        node = new SingleNode(tables, 2, 1, 1);
        together = new SingleNode(tables);
    }

    @AfterAll
    static void close() {
        node.close();
        together.close();
    }

    static Stream<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (String file : List.of("openflights", "syntax", "differences", "whole", "semijoins")) {
            queriesOf("/queries/" + file + ".sql").forEach(queries::add);
        }
        return queries.stream();
    }

    private static Stream<String> queriesOf(String resource) throws IOException {
        try (InputStream file = DistributedEqualsSingleNodeTest.class.getResourceAsStream(resource)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatOneDuckDbGivesAndLeavesNoFile(String sql) {
        List<String> expected = node.oracle(sql);

        assertThat(node.fleet(sql)).isEqualTo(expected);
        assertThat(together.fleet(sql)).isEqualTo(expected);
        assertThat(node.fleetOfTables(sql)).isEqualTo(expected);
        assertThat(node.fleetWithoutSemiJoins(sql)).isEqualTo(expected);
        assertThat(node.scratch()).isEmptyDirectory();
        assertThat(together.scratch()).isEmptyDirectory();
    }
}
