package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.nio.file.Path;
import java.util.List;

/// Where fragments come from. The transfer can be another one without any change to planning or joining.
interface FragmentSource {

    /// The parts that together are the fragment, in the order of their rows.
    ///
    /// @throws FleetException `table_version_changed` if the fragment was planned for another table than is
    /// known now
    List<FragmentPart> parts(Fragment fragment);

    /// Fetches the part's rows, in their order, into the Parquet file `target`, whose columns are called
    /// `c0`, `c1` ... Blocks; may be interrupted.
    ///
    /// @throws FleetException `node_unreachable`, `not_ready`, `table_version_changed`, `deadline`, or the
    /// node's own refusal
    FetchedFragment fetch(FragmentPart part, Path target, Deadline deadline) throws InterruptedException;
}
