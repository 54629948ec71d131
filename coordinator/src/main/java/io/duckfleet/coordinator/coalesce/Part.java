package io.duckfleet.coordinator.coalesce;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ReadyResult;

/// What becomes of one who asked.
public sealed interface Part {

    /// It runs, for itself and for all who ask the same until the run starts.
    record Lead() implements Part {}

    /// It runs for itself: the run that it followed gave nothing to share.
    record Alone() implements Part {}

    /// The run that it followed has given this, which is its own to close.
    record Answered(ReadyResult answer) implements Part {}

    /// The run that it followed has failed so, or it was stopped itself.
    record Refused(FleetException failure) implements Part {}
}
