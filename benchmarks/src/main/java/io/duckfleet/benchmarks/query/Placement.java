package io.duckfleet.benchmarks.query;

import java.util.List;

/// On which nodes, by their numbers, a table is: on one, or in shards on several.
record Placement(String table, List<Integer> nodes) {

    Placement {
        nodes = List.copyOf(nodes);
    }

    static Placement on(String table, int node) {
        return new Placement(table, List.of(node));
    }

    /// The rows of the shard that the node at `index` of the list has.
    String rows(int index) {
        return nodes.size() == 1
                ? "SELECT * FROM " + table
                : "SELECT * FROM %s WHERE rowid %% %d = %d".formatted(table, nodes.size(), index);
    }
}
