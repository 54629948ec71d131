package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.util.List;

/// Rows of a fragment that one node has by itself: all of them, or those of one shard. Each of `holders` has
/// them; the first is asked first.
public record FragmentPart(Fragment fragment, List<Holding> holders) {

    public FragmentPart {
        holders = List.copyOf(holders);
    }
}
