package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.NodeState.Loaded;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.net.URI;
import java.util.List;

/// Asks nodes about their tables, and believes nothing unchecked. Thread-safe.
public final class NodeTables {

    private final NodeClient client;
    private final DuckDb parser;

    public NodeTables(NodeClient client, DuckDb parser) {
        this.client = client;
        this.parser = parser;
    }

    /// The table that the node has, under its name in the fleet.
    ///
    /// @throws FleetException `node_unreachable` or, while the node loads, `not_ready`
    Loaded loaded(Fleet.TableNode node) {
        NodeMetadata metadata = client.metadata(node.address(), node.table().nameOnNode());
        if (!metadata.isWhole()) {
            throw unreadable(node.address(), "it tells no columns, rows or version");
        }
        List<Column> columns = parser.withSession(session -> metadata.columns().stream()
                .map(column -> new Column(column.name(), ColumnTypes.prove(session, column.type())))
                .toList());
        TableShape shape = new TableShape(node.table().name().text(), Home.NODE, columns, metadata.tableVersion());
        return new Loaded(shape, metadata.rowCount(), metadata.sizeBytes(), metadata.distinct(), metadata.ranges());
    }

    static FleetException unreadable(URI node, String why) {
        return new FleetException(
                ErrorCode.NODE_UNREACHABLE,
                "what answers at %s is no data node that this coordinator understands: %s".formatted(node, why));
    }
}
