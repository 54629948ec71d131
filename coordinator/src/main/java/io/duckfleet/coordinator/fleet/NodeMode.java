package io.duckfleet.coordinator.fleet;

/// What the nodes of one table are to one another.
public enum NodeMode {
    /// Each node has rows of its own; the table is all of them, in the order of the nodes.
    SHARDS,
    /// Each node has the whole table; any of them will do.
    REPLICAS
}
