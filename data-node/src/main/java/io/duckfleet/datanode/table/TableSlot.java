package io.duckfleet.datanode.table;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;

/// The place of the node's tables. A load puts them in at once, when they are whole; those that others
/// replace are closed, and their memory is free when the last session on them has ended. Thread-safe.
public final class TableSlot implements AutoCloseable {

    private volatile NodeState state = new NodeState.Loading(LoadProgress.NONE);

    public NodeState state() {
        return state;
    }

    /// Moves to another state. Tables that were here are closed.
    public void become(NodeState next) {
        NodeState before = exchange(next);
        if (before instanceof NodeState.Ready ready) {
            ready.tables().close();
        }
    }

    /// Under the same lock as [#open()]: no session is opened on tables that have been taken out.
    private synchronized NodeState exchange(NodeState next) {
        NodeState before = state;
        state = next;
        return before;
    }

    /// The tables with a session on them.
    ///
    /// @throws FleetException `not_ready` while there are none
    public synchronized OpenTables open() {
        return tables().open();
    }

    /// Does nothing if the tables are there.
    ///
    /// @throws FleetException `not_ready` while they are not
    public void requireTables() {
        tables();
    }

    /// The tables.
    ///
    /// @throws FleetException `not_ready` while there are none
    public LoadedTables tables() {
        return switch (state) {
            case NodeState.Ready ready -> ready.tables();
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
            ready.tables().close();
        }
    }
}
