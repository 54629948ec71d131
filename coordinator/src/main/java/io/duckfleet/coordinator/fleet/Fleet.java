package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.NodeState.Away;
import io.duckfleet.coordinator.fleet.NodeState.Loaded;
import io.duckfleet.coordinator.fleet.NodeState.Serving;
import io.duckfleet.coordinator.plan.TableShape;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The nodes' tables and how they are, as last seen. Thread-safe. Nodes may be down at any time: what a table
/// looked like is kept, so that only the queries that need the node fail. The configuration may be replaced
/// by another one under way.
public final class Fleet {

    private static final Logger LOG = Logger.getLogger(Fleet.class);

    private static final ThreadFactory ASKING =
            Thread.ofPlatform().name("fleet-", 0).daemon().factory();

    private final NodeTables nodes;
    private final Map<TableNode, NodeState> states = new ConcurrentHashMap<>();
    private volatile FleetConfig config;

    public Fleet(FleetConfig config, NodeTables nodes) {
        this.config = config;
        this.nodes = nodes;
    }

    public FleetConfig config() {
        return config;
    }

    /// From now on the fleet is this one; what is known of the nodes that stay is kept.
    public void use(FleetConfig next) {
        config = next;
        states.keySet().retainAll(all(next.tables()));
    }

    /// The state of the table; nodes that were never asked, or were loading when they were, are asked now.
    public TableState state(FleetTable table) {
        refreshUnknown(List.of(table));
        return known(table);
    }

    private TableState known(FleetTable table) {
        return new TableState(
                table,
                all(List.of(table)).stream()
                        .map(node -> states.getOrDefault(node, Away.NEVER_SEEN))
                        .toList());
    }

    /// The shapes of all tables that can be planned with, in the configuration's order.
    public List<TableShape> shapes() {
        List<FleetTable> tables = config.tables();
        refreshUnknown(tables);
        return tables.stream()
                .map(this::known)
                .flatMap(state -> state.shape().stream())
                .toList();
    }

    /// Asks the table's nodes again.
    public void refresh(FleetTable table) {
        refresh(all(List.of(table)));
    }

    /// Asks the nodes of all tables again.
    public void refreshAll() {
        refresh(all(config.tables()));
    }

    /// How many nodes can't be asked, as last seen.
    long nodesAway() {
        return states.values().stream().filter(Away.class::isInstance).count();
    }

    /// Notes that the node failed a query for `reason`; returns the reason with the time since which it
    /// holds.
    public FleetException failed(Holding holding, FleetException reason) {
        TableNode node = new TableNode(holding.table(), holding.node());
        Away away = away(reason, states.get(node));
        change(node, away);
        return away.dated();
    }

    private void refreshUnknown(List<FleetTable> tables) {
        refresh(all(tables).stream().filter(this::isUnknown).toList());
    }

    /// A node that loads will serve any moment; one that fails is left to the rounds.
    private boolean isUnknown(TableNode node) {
        NodeState state = states.get(node);
        return state == null || (state instanceof Away away && away.reason().code() == ErrorCode.NOT_READY);
    }

    /// All at once: a node that hangs keeps nobody from hearing of the others. Not on virtual threads: those
    /// of the first requests were seen to wait for one another for ever (docs/decisions/054).
    private void refresh(Collection<TableNode> wanted) {
        if (wanted.size() == 1) {
            wanted.forEach(this::ask);
            return;
        }
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(ASKING)) {
            wanted.forEach(node -> threads.execute(() -> ask(node)));
        }
    }

    private void ask(TableNode node) {
        NodeState before = states.get(node);
        change(node, seen(node, before));
    }

    private NodeState seen(TableNode node, @Nullable NodeState before) {
        try {
            Loaded loaded = nodes.loaded(node);
            return before instanceof Serving serving && serving.table().equals(loaded)
                    ? new Serving(loaded, serving.since())
                    : new Serving(loaded, Instant.now());
        } catch (FleetException e) {
            return away(e, before);
        }
    }

    private static Away away(FleetException reason, @Nullable NodeState before) {
        Optional<Loaded> loaded = Optional.ofNullable(before).flatMap(NodeState::loaded);
        return new Away(reason, loaded, before instanceof Away away ? away.since() : Instant.now());
    }

    /// A node that has left the configuration meanwhile is forgotten.
    private void change(TableNode node, NodeState now) {
        NodeState before = states.put(node, now);
        if (!all(config.tables()).contains(node)) {
            states.remove(node);
            return;
        }
        logChange(node, before, now);
    }

    private static List<TableNode> all(List<FleetTable> tables) {
        return tables.stream()
                .flatMap(table -> table.nodes().stream().map(address -> new TableNode(table, address)))
                .toList();
    }

    private static void logChange(TableNode node, @Nullable NodeState before, NodeState now) {
        switch (now) {
            case Serving serving
            when !(before instanceof Serving) ->
                LOG.infof(
                        "table %s: %d rows at %s",
                        node.table().name(), serving.table().rows(), node.address());
            case Away away
            when !(before instanceof Away) ->
                LOG.warnf("table %s: %s", node.table().name(), away.reason().detail());
            case Serving serving ->
                LOG.debugf(
                        "table %s serves version %s",
                        node.table().name(), serving.table().shape().version());
            case Away away ->
                LOG.debugf(
                        "table %s is still away: %s",
                        node.table().name(), away.reason().detail());
        }
    }

    /// One of the nodes of a table.
    record TableNode(FleetTable table, URI address) {}
}
