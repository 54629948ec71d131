package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.run.QueryGenerator.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random queries over random schemas and data, on one node or on several shards, give what one DuckDB
/// gives. Where the oracle throws, nothing is compared; where it doesn't, the fleet may not throw either.
/// `-Dduckfleet.random.schemas=N` makes more of them, `-Dduckfleet.random.seed=S` starts elsewhere.
class RandomQueriesTest {

    private static final int QUERIES_PER_SCHEMA = 25;
    private static final int MOST_SHARDS = 3;

    static LongStream seeds() {
        long first = Long.getLong("duckfleet.random.seed", 1);
        return LongStream.range(first, first + Long.getLong("duckfleet.random.schemas", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void giveWhatOneDuckDbGives(long seed) {
        QueryGenerator generator = new QueryGenerator(new SplittableRandom(seed));
        List<Relation> tables = generator.schema();
        int compared = 0;
        int shards = Math.floorMod(seed, MOST_SHARDS) + 1;
        try (SingleNode node = new SingleNode(statements(generator, tables), shards)) {
            for (int i = 0; i < QUERIES_PER_SCHEMA; i++) {
                String sql = generator.query(tables);
                Optional<List<String>> expected = oracle(node, sql);
                if (expected.isPresent()) {
                    compared++;
                    assertThat(node.fleet(sql))
                            .as(() -> "%s%n%s".formatted(sql, node.explain(sql)))
                            .isEqualTo(expected.get());
                }
            }
        }
        assertThat(compared).isGreaterThan(QUERIES_PER_SCHEMA / 2);
    }

    private static Optional<List<String>> oracle(SingleNode node, String sql) {
        try {
            return Optional.of(node.oracle(sql));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    private static List<String> statements(QueryGenerator generator, List<Relation> tables) {
        List<String> statements = new ArrayList<>();
        for (Relation table : tables) {
            String columns = table.fields().stream()
                    .map(field -> Identifiers.quote(field.name()) + " " + field.type())
                    .collect(Collectors.joining(", "));
            statements.add("CREATE TABLE %s (%s)".formatted(Identifiers.quote(table.name()), columns));
            statements.add(generator.rows(table));
        }
        return statements;
    }
}
