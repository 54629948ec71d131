package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.nio.file.Path;

/// Where fragments come from. The transfer can be another one without any change to planning or joining.
public interface FragmentSource {

    /// Fetches the fragment's rows, in the node's order, into the Parquet file `target`, whose columns are
    /// called `c0`, `c1` ... Blocks; may be interrupted.
    ///
    /// @throws FleetException `node_unreachable`, `not_ready`, `table_version_changed`, `deadline`, or the
    /// node's own refusal
    FetchedFragment fetch(Fragment fragment, Path target, Deadline deadline);
}
