package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;

/// Leaves out the columns that the statement doesn't read.
///
/// Sound because the columns are those of the optimizer's plan without filter pushdown: whatever the
/// unmodified statement reads of the table, in any clause, is projected by one of its scans there. In the
/// local query the other columns are typed NULLs, which the binder sees and nobody reads. A table that no
/// plan scans isn't read at all.
final class PruneColumns implements FragmentRule {

    private final Advice advice;

    PruneColumns(Advice advice) {
        this.advice = advice;
    }

    @Override
    public PlanNode apply(TableFragment fragment, LocalQuery query) {
        return advice.reads(fragment.table())
                ? fragment.withColumns(advice.columnsOf(fragment.table()))
                : new ShapeOnly(fragment.table());
    }
}
