package io.duckfleet.datanode.table;

/// What the node has to serve.
public sealed interface NodeState {

    /// The objects are on their way.
    record Loading(LoadProgress progress) implements NodeState {}

    /// The tables are whole.
    record Ready(LoadedTables tables) implements NodeState {}

    /// The objects can't be loaded.
    record Failed(String reason) implements NodeState {}
}
