package io.duckfleet.cli.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A data node to run: its name among the fleet's components, its port on the loopback address, and the
/// tables that it loads, one at least.
public record FleetNode(String component, int port, List<Table> tables) {

    public FleetNode {
        tables = List.copyOf(tables);
    }

    /// A table's name in SQL and on the node, and the file that it is loaded from. Several names in SQL may
    /// stand for one table of the node.
    public record Table(String name, String nameOnNode, String s3Url) {}

    /// The nodes of the sample tables.
    static List<FleetNode> samples(PortLayout ports) {
        return Arrays.stream(SampleTable.values())
                .map(table -> new FleetNode(
                        table.component(),
                        ports.node(table),
                        List.of(new Table(table.table(), table.table(), table.location()))))
                .toList();
    }

    FleetNode with(Table table) {
        List<Table> all = new ArrayList<>(tables);
        all.add(table);
        return new FleetNode(component, port, all);
    }

    /// What the node is told to load: `name=s3://..` for each of its tables.
    List<String> loaded() {
        return tables.stream()
                .map(table -> table.nameOnNode() + "=" + table.s3Url())
                .distinct()
                .toList();
    }
}
