package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.run.RandomTables.Relation;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random queries over random schemas and data, on fleets of one to four nodes with tables
/// of up to three shards, give what one DuckDB gives.
/// Where the oracle throws, nothing is compared; where it doesn't, the fleet may not throw either.
/// `-Dduckfleet.random.schemas=N` makes more of them (25 queries each), `-Dduckfleet.random.seed=S` starts
/// elsewhere. A difference that was found becomes a line of `queries/differences.sql`.
class RandomQueriesTest {

    private static final int QUERIES_PER_SCHEMA = 25;
    private static final AtomicInteger REDUCED = new AtomicInteger();
    private static final AtomicInteger GROUPED_AT_SHARDS = new AtomicInteger();

    static LongStream seeds() {
        long first = Long.getLong("duckfleet.random.seed", 1);
        return LongStream.range(first, first + Long.getLong("duckfleet.random.schemas", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void giveWhatOneDuckDbGives(long seed) {
        Dice dice = new Dice(new SplittableRandom(seed));
        RandomTables random = new RandomTables(dice);
        List<Relation> tables = random.schema();
        List<String> statements = random.statements(tables);
        int compared = 0;
        try (SingleNode node = new SingleNode(statements, 1 + dice.below(4), 1 + dice.below(3), seed)) {
            for (int i = 0; i < QUERIES_PER_SCHEMA; i++) {
                String sql = new QueryGenerator(dice, tables).query();
                Optional<List<String>> expected = oracle(node, sql);
                if (expected.isPresent()) {
                    compared++;
                    REDUCED.addAndGet(plan(node, sql).contains("reducible") ? 1 : 0);
                    GROUPED_AT_SHARDS.addAndGet(node.explainAnswers(sql).contains("groups at the shards") ? 1 : 0);
                    assertThat(fleet(node, sql, seed, statements, i))
                            .as(() -> describe(node, sql, seed, statements))
                            .isEqualTo(expected.get());
                }
            }
        }
        assertThat(compared).isGreaterThan(QUERIES_PER_SCHEMA / 2);
    }

    @AfterAll
    static void someWereReducedAndSomeGroupedAtShards() {
        assertThat(REDUCED).hasPositiveValue();
        assertThat(GROUPED_AT_SHARDS).hasPositiveValue();
    }

    /// Every third query by rows of tables alone, every third one without semi-joins.
    private static List<String> fleet(SingleNode node, String sql, long seed, List<String> statements, int number) {
        try {
            return switch (number % 3) {
                case 0 -> node.fleet(sql);
                case 1 -> node.fleetOfTables(sql);
                default -> node.fleetWithoutSemiJoins(sql);
            };
        } catch (FleetException e) {
            throw new AssertionError(describe(node, sql, seed, statements), e);
        }
    }

    private static String describe(SingleNode node, String sql, long seed, List<String> statements) {
        return "seed %d: %s%n%s%n%s".formatted(seed, sql, plan(node, sql), String.join(";\n", statements));
    }

    private static String plan(SingleNode node, String sql) {
        try {
            return node.explain(sql);
        } catch (FleetException e) {
            return "no plan: " + e.detail();
        }
    }

    private static Optional<List<String>> oracle(SingleNode node, String sql) {
        try {
            return Optional.of(node.oracle(sql));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }
}
