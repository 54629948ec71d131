package io.duckfleet.datanode.table;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;

/// The place of the node's one table. A load puts it in at once, when it is whole; a table that another one
/// replaces is closed, and its memory is free when the last session on it has ended. Thread-safe.
public final class TableSlot implements AutoCloseable {

    private volatile NodeState state = new NodeState.Loading(LoadProgress.NONE);

    public NodeState state() {
        return state;
    }

    /// Moves to another state. A table that was here is closed.
    public void become(NodeState next) {
        NodeState before = exchange(next);
        if (before instanceof NodeState.Ready ready) {
            ready.table().close();
        }
    }

    /// Under the same lock as [#open()]: no session is opened on a table that has been taken out.
    private synchronized NodeState exchange(NodeState next) {
        NodeState before = state;
        state = next;
        return before;
    }

    /// The table with a session on it.
    ///
    /// @throws FleetException `not_ready` while there is none
    public synchronized OpenTable open() {
        LoadedTable table = table();
        return new OpenTable(table, table.database().open());
    }

    /// Does nothing if there is a table.
    ///
    /// @throws FleetException `not_ready` while there is none
    public void requireTable() {
        table();
    }

    /// The table.
    ///
    /// @throws FleetException `not_ready` while there is none
    public LoadedTable table() {
        return switch (state) {
            case NodeState.Ready ready -> ready.table();
            case NodeState.Loading loading ->
                throw new FleetException(
                        ErrorCode.NOT_READY,
                        "the table is being loaded (%d of %d bytes); try again in a moment"
                                .formatted(
                                        loading.progress().bytesRead(),
                                        loading.progress().bytesTotal()));
            case NodeState.Failed failed ->
                throw new FleetException(ErrorCode.NOT_READY, "the table can't be loaded: " + failed.reason());
        };
    }

    @Override
    public synchronized void close() {
        if (state instanceof NodeState.Ready ready) {
            ready.table().close();
        }
    }
}
