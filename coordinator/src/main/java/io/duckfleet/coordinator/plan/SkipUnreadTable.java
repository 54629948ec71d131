package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;

/// Fetches nothing of a table that the optimizer's plan doesn't scan, such as one under `WHERE false`.
///
/// Sound because the plan gives the right answer whatever the tables hold (what would look at the stubs'
/// emptiness is off), and this one gives it without a row of the table: so it is the same over an empty one.
final class SkipUnreadTable implements FragmentRule {

    private final Advice advice;

    SkipUnreadTable(Advice advice) {
        this.advice = advice;
    }

    @Override
    public PlanNode apply(TableFragment fragment, LocalQuery query) {
        return advice.needsRowsOf(fragment.table()) ? fragment : new ShapeOnly(fragment.table());
    }
}
