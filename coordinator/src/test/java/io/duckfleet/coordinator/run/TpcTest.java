package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The queries of TPC-H and TPC-DS over two nodes give what one DuckDB gives.
class TpcTest {

    private static final int NODES = 2;

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class H {

        private SingleNode node;

        @BeforeAll
        void open() {
            node = new SingleNode(List.of("LOAD tpch", "CALL dbgen(sf = 0.01)"), NODES, 1, 1);
        }

        @AfterAll
        void close() {
            node.close();
        }

        IntStream queries() {
            return IntStream.rangeClosed(1, 22);
        }

        @ParameterizedTest
        @MethodSource("queries")
        void givesWhatOneDuckDbGives(int number) {
            String sql = node.text("SELECT query FROM tpch_queries() WHERE query_nr = " + number);

            assertAlike(node, sql);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Ds {

        private SingleNode node;

        @BeforeAll
        void open() {
            node = new SingleNode(List.of("LOAD tpcds", "CALL dsdgen(sf = 0.01)"), NODES, 1, 1);
        }

        @AfterAll
        void close() {
            node.close();
        }

        IntStream queries() {
            return IntStream.rangeClosed(1, 99);
        }

        @ParameterizedTest
        @MethodSource("queries")
        void givesWhatOneDuckDbGives(int number) {
            String sql = node.text("SELECT query FROM tpcds_queries() WHERE query_nr = " + number);

            assertAlike(node, sql);
        }
    }

    private static void assertAlike(SingleNode node, String sql) {
        List<String> expected = node.oracle(sql);

        assertThat(node.fleet(sql)).isEqualTo(expected);
        assertThat(node.fleetWithoutSemiJoins(sql)).isEqualTo(expected);
    }
}
