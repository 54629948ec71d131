package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chains a -> b -> c, in which b is reduced by its node or here, with NULL among the keys.
class ChainsOfKeysTest {

    private static final int WAYS_OF_FETCHING = 9;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE a (x INTEGER, k INTEGER)",
            "INSERT INTO a VALUES (1, NULL), (1, 3), (2, 5), (3, NULL)",
            "CREATE TABLE b (k INTEGER, j INTEGER)",
            "INSERT INTO b VALUES (3, 10), (3, NULL), (NULL, 20), (5, 30), (5, NULL), (NULL, NULL)",
            "CREATE TABLE c AS SELECT CASE WHEN i % 7 > 0 THEN i % 40 END::INTEGER AS j, i AS v FROM range(200) r(i)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT c.v, a.x FROM c JOIN b USING (j) JOIN a USING (k) WHERE a.x = 1",
                "SELECT c.v, a.x FROM c JOIN b ON c.j IS NOT DISTINCT FROM b.j JOIN a ON b.k IS NOT DISTINCT FROM a.k WHERE a.x = 1",
                "SELECT c.v, a.x FROM c JOIN b ON c.j IS NOT DISTINCT FROM b.j JOIN a USING (k) WHERE a.x = 2",
                "SELECT c.v, a.x FROM c JOIN b USING (j) JOIN a ON b.k IS NOT DISTINCT FROM a.k WHERE a.x = 3",
                "SELECT count(*) FROM c WHERE c.j IN (SELECT j FROM b WHERE b.k IN (SELECT k FROM a WHERE x = 1))",
            })
    void giveWhatOneDuckDbGives(String sql) {
        for (int seed = 0; seed < WAYS_OF_FETCHING; seed++) {
            try (SingleNode node = new SingleNode(TABLES, 3, 1, seed)) {
                List<String> expected = node.oracle(sql);

                assertThat(expected).as("names and rows").hasSizeGreaterThan(1);
                assertThat(node.fleetOfTables(sql)).as("seed %d", seed).isEqualTo(expected);
                assertThat(node.scratch()).isEmptyDirectory();
            }
        }
    }
}
