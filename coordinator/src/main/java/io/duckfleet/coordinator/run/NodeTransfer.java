package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.Holding;
import java.nio.file.Path;

/// Brings rows from one node.
interface NodeTransfer {

    /// Fetches the part's rows at one holder into the Parquet file `target`. Tries once; blocks; may be
    /// interrupted. A `target` that is there already is overwritten.
    ///
    /// @throws FleetException `node_unreachable`, `not_ready`, `overloaded`, `table_version_changed`,
    /// `deadline`, `memory_limit` or `cancelled`
    FetchedFragment fetch(FragmentPart part, Holding holder, Path target, Deadline deadline);

    /// Whether the node still has the version of the table that is held to be there.
    ///
    /// @throws FleetException `node_unreachable`
    boolean isCurrent(Holding holder, Deadline deadline);
}
