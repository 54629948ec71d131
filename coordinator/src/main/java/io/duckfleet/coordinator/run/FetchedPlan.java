package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import java.util.List;

/// A plan whose fragments have come. Their files are deleted by who asked for them.
public record FetchedPlan(LocalQuery plan, List<FetchedFragment> fragments) {

    public FetchedPlan {
        fragments = List.copyOf(fragments);
    }
}
