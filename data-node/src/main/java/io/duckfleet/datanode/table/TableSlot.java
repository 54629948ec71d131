package io.duckfleet.datanode.table;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.atomic.AtomicReference;

/// The place of the node's one table. A load puts it in at once, when it is whole. Thread-safe.
public final class TableSlot implements AutoCloseable {

    private final AtomicReference<NodeState> state = new AtomicReference<>(new NodeState.Loading(0, 0));

    public NodeState state() {
        return state.get();
    }

    /// Moves to another state.
    public void become(NodeState next) {
        state.set(next);
    }

    /// The table.
    ///
    /// @throws FleetException `not_ready` while there is none
    public LoadedTable table() {
        return switch (state.get()) {
            case NodeState.Ready ready -> ready.table();
            case NodeState.Loading loading ->
                throw new FleetException(
                        ErrorCode.NOT_READY,
                        "the table is being loaded (%d of %d bytes); try again in a moment"
                                .formatted(loading.bytesRead(), loading.bytesTotal()));
            case NodeState.Failed failed ->
                throw new FleetException(ErrorCode.NOT_READY, "the table can't be loaded: " + failed.reason());
        };
    }

    @Override
    public void close() {
        if (state.get() instanceof NodeState.Ready ready) {
            ready.table().close();
        }
    }
}
