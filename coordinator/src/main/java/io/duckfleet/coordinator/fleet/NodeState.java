package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.TableShape;
import java.time.Instant;
import java.util.Optional;

/// What is known of a table's node since `since`.
public sealed interface NodeState {

    Instant since();

    /// The table's shape as last seen, also while the node is away.
    Optional<TableShape> shape();

    /// The node answers; `rows` is the table's row count.
    record Serving(TableShape table, long rows, Instant since) implements NodeState {
        @Override
        public Optional<TableShape> shape() {
            return Optional.of(table);
        }
    }

    /// The node can't be asked; `reason` says why.
    record Away(FleetException reason, Optional<TableShape> shape, Instant since) implements NodeState {}
}
