package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import java.util.List;

/// A plan whose fragments have come. Their files are released by who asked for them.
record FetchedPlan(LocalQuery plan, List<FetchedFragment> fragments) {

    FetchedPlan {
        fragments = List.copyOf(fragments);
    }
}
