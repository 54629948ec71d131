package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.sql.TableName;
import java.net.URI;
import java.util.HashSet;
import java.util.List;

/// A table of the configuration: its name in SQL, its name on the nodes (they may differ), the addresses of
/// its nodes, of which there is at least one, each once, and what these are to one another.
public record FleetTable(TableName name, TableName nameOnNode, List<URI> nodes, NodeMode mode) {

    public FleetTable {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || new HashSet<>(nodes).size() < nodes.size()) {
            throw new IllegalArgumentException(
                    "table %s needs one node at least, and each once: %s".formatted(name, nodes));
        }
    }

    /// A table on one node.
    public static FleetTable on(URI node, TableName name, TableName nameOnNode) {
        return new FleetTable(name, nameOnNode, List.of(node), NodeMode.REPLICAS);
    }

    public boolean isSharded() {
        return mode == NodeMode.SHARDS && nodes.size() > 1;
    }
}
