package io.duckfleet.coordinator.run;

import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.util.List;

/// Rows of a fragment that one node has by itself: all of them, or those of one shard; of these, those that
/// `filters` keep, and in which form. Each of `holders` has them; the first is asked first.
record FragmentPart(
        Fragment fragment, List<Holding> holders, List<KeyFilter> filters, Caching caching, FragmentForm form) {

    FragmentPart {
        holders = List.copyOf(holders);
        filters = List.copyOf(filters);
    }

    /// A part with all its rows.
    FragmentPart(Fragment fragment, List<Holding> holders) {
        this(fragment, holders, List.of(), Caching.ALLOWED, FragmentForm.PARQUET);
    }

    FragmentPart with(List<KeyFilter> wanted, Caching asked) {
        return new FragmentPart(fragment, holders, wanted, asked, form);
    }

    FragmentPart as(FragmentForm wanted) {
        return new FragmentPart(fragment, holders, filters, caching, wanted);
    }
}
