package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import java.util.List;

/// One step of planning, which makes less to fetch of the same answer. Each rule says in a comment why that
/// is so.
@FunctionalInterface
interface Rule {

    /// What a fragment of `query` becomes.
    PlanNode apply(Fragment fragment, LocalQuery query);

    /// The query with this rule applied to each of its fragments.
    default LocalQuery rewrite(LocalQuery query) {
        List<PlanNode> inputs = query.inputs().stream()
                .map(input -> input instanceof Fragment fragment ? apply(fragment, query) : input)
                .toList();
        return new LocalQuery(query.statement(), inputs);
    }
}
