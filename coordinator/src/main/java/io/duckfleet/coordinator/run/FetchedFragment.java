package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.net.URI;
import java.time.Duration;

/// A part of a fragment that has come: its file, and what it cost. `isCached` tells that it had come before,
/// for another query. The file is given back by who asked for it.
record FetchedFragment(
        FragmentPart part, URI node, FragmentFile file, long rows, long bytes, Duration duration, boolean isCached) {

    Fragment fragment() {
        return part.fragment();
    }
}
