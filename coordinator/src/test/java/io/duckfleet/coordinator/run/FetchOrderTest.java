package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.coordinator.fleet.ValueRange;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FetchOrderTest {

    private static final Column KEY = new Column("k", "BIGINT");
    private static final TableShape A = new TableShape("a", Home.NODE, List.of(KEY), "1");
    private static final TableShape B = new TableShape("b", Home.NODE, List.of(KEY), "1");
    private static final TableShape C = new TableShape("c", Home.NODE, List.of(KEY), "1");
    private static final SemiJoin BY_A = new SemiJoin(A, KEY, KEY);
    private static final SemiJoin BY_B = new SemiJoin(B, KEY, KEY);
    private static final SemiJoin BY_C = new SemiJoin(C, KEY, KEY);

    @Test
    void letsTheLargeWaitForTheSmallAndNeverBothForEachOther() {
        List<Fragment> both = List.of(fragment(A, BY_B), fragment(B, BY_A));

        assertThat(awaited(both, Map.of("a", 10, "b", 1_000))).containsExactly(List.of(), List.of(BY_A));
        assertThat(awaited(both, Map.of("a", 1_000, "b", 10))).containsExactly(List.of(BY_B), List.of());
    }

    @Test
    void makesAChainThatStartsWhereTheFewestRowsAre() {
        List<Fragment> chain = List.of(fragment(C, BY_B), fragment(B, BY_A, BY_C), fragment(A));

        assertThat(awaited(chain, Map.of("a", 1, "b", 10_000, "c", 9_000)))
                .containsExactly(List.of(BY_B), List.of(BY_A), List.of());
    }

    @Test
    void waitsForNothingThatLeavesMostRowsIn() {
        List<Fragment> both = List.of(fragment(A), fragment(B, BY_A));

        assertThat(awaited(both, Map.of("a", 900, "b", 1_000))).containsExactly(List.of(), List.of());
    }

    @Test
    void reducesTheKeysOfSmallTablesHere() {
        List<Fragment> chain = List.of(fragment(C, BY_B), fragment(B, BY_A), fragment(A));
        FetchOrder order = FetchOrder.of(chain, sizes(Map.of("a", 1, "b", 90, "c", 100)));

        assertThat(order.awaited()).containsExactly(List.of(BY_B), List.of(), List.of());
        assertThat(order.doneHere(B)).containsExactly(BY_A);
        assertThat(order.tablesOf(BY_B)).containsExactly(B, A);
    }

    private static List<List<SemiJoin>> awaited(List<Fragment> fragments, Map<String, Integer> rows) {
        return FetchOrder.of(fragments, sizes(rows)).awaited();
    }

    private static Fragment fragment(TableShape table, SemiJoin... semiJoins) {
        return new TableFragment(table, List.of(KEY), Optional.empty(), OptionalLong.empty(), List.of(semiJoins));
    }

    /// Every row of a table has a key of its own; those of a hundred rows and more are large.
    private static FetchSizes sizes(Map<String, Integer> rows) {
        return new FetchSizes() {
            @Override
            public double rows(Fragment fragment) {
                return rows.getOrDefault(fragment.table().name(), 0);
            }

            @Override
            public double distinct(TableShape table, Column column) {
                return rows.getOrDefault(table.name(), 0);
            }

            @Override
            public Optional<ValueRange> range(TableShape table, Column column) {
                return Optional.empty();
            }

            @Override
            public boolean isLarge(TableShape table) {
                return rows.getOrDefault(table.name(), 0) >= 100;
            }

            @Override
            public long mostKeys() {
                return Long.MAX_VALUE;
            }
        };
    }
}
