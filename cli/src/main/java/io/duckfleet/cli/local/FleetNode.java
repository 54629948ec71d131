package io.duckfleet.cli.local;

import java.util.Arrays;
import java.util.List;

/// A data node to run: its name among the fleet's components, the table's name in SQL and on the node, the
/// file that it loads, and its port on the loopback address.
public record FleetNode(String component, String table, String nameOnNode, String s3Url, int port) {

    /// The nodes of the sample tables.
    static List<FleetNode> samples(PortLayout ports) {
        return Arrays.stream(SampleTable.values())
                .map(table -> new FleetNode(
                        table.component(), table.table(), table.table(), table.location(), ports.node(table)))
                .toList();
    }
}
