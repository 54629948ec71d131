package io.duckfleet.datanode.table;

/// What the node has to serve.
public sealed interface NodeState {

    /// The object is on its way; `bytesRead` of `bytesTotal` are here (0 of 0 before the object was found).
    record Loading(long bytesRead, long bytesTotal) implements NodeState {}

    /// The table is whole.
    record Ready(LoadedTable table) implements NodeState {}

    /// The object can't be loaded.
    record Failed(String reason) implements NodeState {}
}
