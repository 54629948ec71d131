package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.NodeState.Away;
import io.duckfleet.coordinator.fleet.NodeState.Serving;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The nodes' tables and how they are, as last seen. Thread-safe. Nodes may be down at any time: what a table
/// looked like is kept, so that only the queries that need the node fail.
public final class Fleet {

    private static final Logger LOG = Logger.getLogger(Fleet.class);

    private final FleetConfig config;
    private final NodeClient client;
    private final DuckDb parser;
    private final Map<FleetTable, NodeState> states = new ConcurrentHashMap<>();

    public Fleet(FleetConfig config, NodeClient client, DuckDb parser) {
        this.config = config;
        this.client = client;
        this.parser = parser;
    }

    public FleetConfig config() {
        return config;
    }

    /// The state of each table's node; a node that was never asked is asked now.
    public NodeState state(FleetTable table) {
        NodeState known = states.get(table);
        return known == null ? refresh(table) : known;
    }

    /// The shapes of all tables that were ever seen, in the configuration's order.
    public List<TableShape> shapes() {
        return config.tables().stream()
                .map(this::state)
                .flatMap(state -> state.shape().stream())
                .toList();
    }

    /// Asks the table's node again.
    public NodeState refresh(FleetTable table) {
        NodeState before = states.get(table);
        NodeState now = ask(table, before);
        states.put(table, now);
        logChange(table, before, now);
        return now;
    }

    /// Asks the nodes of all tables again.
    public void refreshAll() {
        config.tables().forEach(this::refresh);
    }

    private NodeState ask(FleetTable table, @Nullable NodeState before) {
        try {
            NodeMetadata metadata = client.metadata(table.node());
            TableShape shape = shape(table, metadata);
            Instant since = before instanceof Serving serving && serving.table().equals(shape)
                    ? serving.since()
                    : Instant.now();
            return new Serving(shape, metadata.rowCount(), since);
        } catch (FleetException e) {
            return before instanceof Away away
                    ? new Away(e, away.shape(), away.since())
                    : new Away(e, Optional.ofNullable(before).flatMap(NodeState::shape), Instant.now());
        }
    }

    private TableShape shape(FleetTable table, NodeMetadata metadata) {
        List<Column> columns = parser.withSession(session -> metadata.columns().stream()
                .map(column -> new Column(column.name(), ColumnTypes.prove(session, column.type())))
                .toList());
        return new TableShape(table.name().text(), Home.NODE, columns, metadata.tableVersion());
    }

    private static void logChange(FleetTable table, @Nullable NodeState before, NodeState now) {
        switch (now) {
            case Serving serving
            when !(before instanceof Serving) ->
                LOG.infof("table %s: %d rows at %s", table.name(), serving.rows(), table.node());
            case Away away
            when !(before instanceof Away) ->
                LOG.warnf("table %s: %s", table.name(), away.reason().detail());
            case Serving serving ->
                LOG.debugf(
                        "table %s serves version %s",
                        table.name(), serving.table().version());
            case Away away ->
                LOG.debugf(
                        "table %s is still away: %s",
                        table.name(), away.reason().detail());
        }
    }
}
