package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;

/// Guesses how many bytes a plan's fragments will bring, from what the nodes tell of their tables: the
/// fetched share of the columns, a fifth of the rows where there is a filter, no more than a limit lets
/// through, and a fifth of the table for the answer of a whole query. Only admission control depends on it.
final class FetchEstimate {

    private static final double KEPT_BY_FILTER = 0.2;
    private static final double KEPT_BY_QUERY = 0.2;

    private final Fleet fleet;

    FetchEstimate(Fleet fleet) {
        this.fleet = fleet;
    }

    long bytes(LocalQuery plan) {
        return plan.fragments().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(Fragment fragment) {
        return fleet.config()
                .table(fragment.table().name())
                .map(fleet::state)
                .map(state -> bytes(fragment, state))
                .orElse(0L);
    }

    private static long bytes(Fragment fragment, TableState state) {
        return switch (fragment) {
            case TableFragment table -> bytes(table, state);
            case QueryFragment query -> (long) (state.bytes() * KEPT_BY_QUERY);
        };
    }

    private static long bytes(TableFragment fragment, TableState state) {
        double columns =
                (double) fragment.columns().size() / fragment.table().columns().size();
        long rows = state.rows().orElse(0);
        double kept = fragment.filter().isPresent() ? KEPT_BY_FILTER : 1;
        if (fragment.limit().isPresent() && rows > 0) {
            kept = Math.min(kept, (double) fragment.limit().getAsLong() / rows);
        }
        return (long) (state.bytes() * columns * kept);
    }
}
