package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Decides which fragments wait for the keys of which others: the one that will bring the fewest rows goes
/// first, then makes fewer of those that it reduces, and so on. So there is no circle, and a chain
/// a -> b -> c is one where it helps. Without semi-joins nobody waits.
final class FetchOrder {

    /// Keeping more than that isn't worth the waiting.
    private static final double WORTHWHILE = 0.5;

    private final List<Fragment> fragments;
    private final FetchSizes sizes;
    private final double[] rows;
    private final List<List<SemiJoin>> awaited;

    private FetchOrder(List<Fragment> fragments, FetchSizes sizes) {
        this.fragments = fragments;
        this.sizes = sizes;
        this.rows = fragments.stream().mapToDouble(sizes::rows).toArray();
        this.awaited =
                fragments.stream().<List<SemiJoin>>map(_ -> new ArrayList<>()).toList();
    }

    /// For each fragment the semi-joins that are worth waiting for.
    static List<List<SemiJoin>> of(List<Fragment> fragments, FetchSizes sizes) {
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
        return order.awaited.stream().map(List::copyOf).toList();
    }

    /// Whether so many keys leave out enough of the rows that have so many different ones.
    static boolean isWorthwhile(double keys, double distinct) {
        return keys <= WORTHWHILE * distinct;
    }

    private void reduce(int large, int small) {
        if (!(fragments.get(large) instanceof TableFragment fragment)) {
            return;
        }
        for (SemiJoin semiJoin : fragment.semiJoins()) {
            double distinct = Math.max(1, sizes.distinct(fragment.table(), semiJoin.key()));
            if (semiJoin.by().equals(fragments.get(small).table()) && isWorthwhile(rows[small], distinct)) {
                awaited.get(large).add(semiJoin);
                rows[large] *= rows[small] / distinct;
            }
        }
    }
}
