package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;

/// Fetches only as many rows as `SELECT columns FROM t [WHERE ..] LIMIT n OFFSET m` can show: the first n +
/// m.
///
/// Sound for that shape alone: each row of the table that passes the WHERE gives one row of the answer, in
/// the table's order, which fragments keep; and the fragment applies the whole WHERE (the optimizer's plan
/// has no predicate that wasn't pushed).
final class PushLimitIntoFragment implements FragmentRule {

    private final Advice advice;
    private final StatementShape shape;

    PushLimitIntoFragment(Advice advice, StatementShape shape) {
        this.advice = advice;
        this.shape = shape;
    }

    @Override
    public PlanNode apply(TableFragment fragment, LocalQuery query) {
        boolean isSafe = query.inputs().size() == 1 && advice.pushesEverythingOf(fragment.table());
        return isSafe && shape instanceof StatementShape.FirstRows first ? fragment.withLimit(first.rows()) : fragment;
    }
}
