package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.TableShape;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is known of one node of a table since `since`.
public sealed interface NodeState {

    Instant since();

    /// The node's table as last seen, also while the node is away.
    Optional<Loaded> loaded();

    /// A node's table: its shape, how many rows it has, how many bytes these take there, about how many
    /// different values are in a column, by its name, and between which they are.
    record Loaded(TableShape shape, long rows, long bytes, Map<String, Long> distinct, Map<String, ValueRange> ranges) {
        public Loaded {
            distinct = Map.copyOf(distinct);
            ranges = Map.copyOf(ranges);
        }
    }

    /// The node answers.
    record Serving(Loaded table, Instant since) implements NodeState {
        @Override
        public Optional<Loaded> loaded() {
            return Optional.of(table);
        }
    }

    /// The node can't be asked; `reason` says why.
    record Away(FleetException reason, Optional<Loaded> loaded, Instant since) implements NodeState {

        /// A node that nobody has asked so far.
        static final Away NEVER_SEEN = new Away(
                new FleetException(ErrorCode.NOT_READY, "the data node wasn't asked yet; try again in a moment"),
                Optional.empty(),
                Instant.EPOCH);

        /// The reason with the time since which it holds.
        public FleetException dated() {
            return new FleetException(reason.code(), "%s (since %s)".formatted(reason.detail(), since), reason)
                    .with("since", since.toString());
        }
    }
}
