package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import java.util.List;

/// A rule that looks at one fragment at a time.
interface FragmentRule extends Rule {

    /// What a fragment of `query` becomes.
    PlanNode apply(TableFragment fragment, LocalQuery query);

    @Override
    default LocalQuery rewrite(LocalQuery query) {
        List<PlanNode> inputs = query.inputs().stream()
                .map(input -> input instanceof TableFragment fragment ? apply(fragment, query) : input)
                .toList();
        return new LocalQuery(query.statement(), inputs);
    }
}
