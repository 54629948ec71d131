package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;

/// Gives each fragment the predicates that the optimizer found at the scans of its table.
///
/// Sound because the local query applies every predicate again: a fragment may keep too many rows, never too
/// few. A row that no scan of the table can use, whichever join, subquery or CTE the scan stands in, is one
/// that the optimizer itself would have dropped there. Only predicates that can't throw are read at all (see
/// [Predicate]).
final class PushPredicateIntoFragment implements FragmentRule {

    private final Advice advice;

    PushPredicateIntoFragment(Advice advice) {
        this.advice = advice;
    }

    @Override
    public PlanNode apply(TableFragment fragment, LocalQuery query) {
        return advice.filterOf(fragment.table()).map(fragment::withFilter).orElse(fragment);
    }
}
