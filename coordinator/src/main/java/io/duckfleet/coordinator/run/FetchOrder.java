package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides which fragments wait for the keys of which others: the one that will bring the fewest rows goes
/// first, then makes fewer of those that it reduces, and so on. So there is no circle, and a chain
/// a -> b -> c is one where it helps. Without semi-joins nobody waits.
///
/// A table that isn't large waits for nobody: it comes as it is, and its keys are reduced here, once others
/// need them.
final class FetchOrder {

    /// Keeping more than that isn't worth the waiting.
    private static final double WORTHWHILE = 0.5;

    private final List<Fragment> fragments;
    private final FetchSizes sizes;
    private final double[] rows;
    private final List<List<SemiJoin>> awaited;
    private final Map<TableShape, List<SemiJoin>> doneHere = new HashMap<>();

    private FetchOrder(List<Fragment> fragments, FetchSizes sizes) {
        this.fragments = fragments;
        this.sizes = sizes;
        this.rows = fragments.stream().mapToDouble(sizes::rows).toArray();
        this.awaited =
                fragments.stream().<List<SemiJoin>>map(_ -> new ArrayList<>()).toList();
    }

    /// The order for the fragments of a plan.
    static FetchOrder of(List<Fragment> fragments, FetchSizes sizes) {
        FetchOrder order = new FetchOrder(fragments, sizes);
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, fragments.size()).boxed().toList());
        while (!left.isEmpty()) {
            Integer next = left.stream()
                    .min((a, b) -> Double.compare(order.rows[a], order.rows[b]))
                    .orElseThrow();
            left.removeIf(next::equals);
            left.forEach(other -> order.reduce(other, next));
        }
        return order;
    }

    List<Fragment> fragments() {
        return fragments;
    }

    /// For each fragment the semi-joins that are worth waiting for.
    List<List<SemiJoin>> awaited() {
        return awaited.stream().map(List::copyOf).toList();
    }

    /// The semi-joins by which the rows of `table` are to be reduced here before their keys are used.
    List<SemiJoin> doneHere(TableShape table) {
        return doneHere.getOrDefault(table, List.of());
    }

    /// The tables that the keys of a semi-join are made of.
    Stream<TableShape> tablesOf(SemiJoin semiJoin) {
        return Stream.concat(
                Stream.of(semiJoin.by()), doneHere(semiJoin.by()).stream().flatMap(this::tablesOf));
    }

    /// Whether so many keys leave out enough of the rows that have so many different ones.
    static boolean isWorthwhile(double keys, double distinct) {
        return keys <= WORTHWHILE * distinct;
    }

    private void reduce(int larger, int small) {
        if (!(fragments.get(larger) instanceof TableFragment fragment)) {
            return;
        }
        for (SemiJoin semiJoin : fragment.semiJoins()) {
            double distinct = Math.max(1, sizes.distinct(fragment.table(), semiJoin.key()));
            boolean isLarge = sizes.isLarge(fragment.table());
            if (semiJoin.by().equals(fragments.get(small).table())
                    && isWorthwhile(rows[small], distinct)
                    && (isLarge || fragment.columns().contains(semiJoin.key()))) {
                List<SemiJoin> before = isLarge
                        ? awaited.get(larger)
                        : doneHere.computeIfAbsent(fragment.table(), _ -> new ArrayList<>());
                before.add(semiJoin);
                rows[larger] *= rows[small] / distinct;
            }
        }
    }
}
