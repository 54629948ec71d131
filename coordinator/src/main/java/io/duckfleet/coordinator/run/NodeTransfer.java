package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.nio.file.Path;

/// Brings rows from one node.
interface NodeTransfer {

    /// Fetches the fragment's rows at one holder into the Parquet file `target`. Tries once; blocks; may be
    /// interrupted. A `target` that is there already is overwritten.
    ///
    /// @throws FleetException `node_unreachable`, `not_ready`, `overloaded`, `table_version_changed`,
    /// `deadline`, `memory_limit` or `cancelled`
    FetchedFragment fetch(Fragment fragment, Holding holder, Path target, Deadline deadline);
}
