package io.duckfleet.coordinator.plan;

/// Where all rows of a table are: any one of `nodes` has them, in its table `table`. Tables of the same nodes
/// are beside one another there.
public record Place(String nodes, String table) {}
