package io.duckfleet.coordinator.fleet;

import java.net.URI;

/// What a node holds of a table, or the whole of it: rows of the version that the node told last.
public record Holding(FleetTable table, URI node, String version) {}
