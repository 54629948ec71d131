package io.duckfleet.it;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Three data nodes, each behind a proxy that can make it misbehave, and a coordinator of their own
/// that keeps nothing of what it has fetched: `early`
/// has the shipments 0 to 4999, `late` and `copy` both have 5000 to 9999. Made once for all test classes;
/// each test begins with nodes that are well.
final class NodesWithFaults implements BeforeAllCallback, BeforeEachCallback {

    private static final long HALF = 5_000;

    private Parts parts;

    @Override
    public void beforeAll(ExtensionContext context) {
        RunningFleet fleet = new RunningFleet();
        fleet.beforeAll(context);
        parts = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(NodesWithFaults.class))
                .computeIfAbsent(NodesWithFaults.class, key -> start(new Shipments(fleet.local())), Parts.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        List.of(parts.early, parts.late, parts.copy).forEach(proxy -> proxy.fault(FaultProxy.Fault.NONE));
        parts.coordinator.useTables(tables());
        Await.until(
                "all nodes are well",
                () -> parts.coordinator.get("/health").path("problems").isEmpty()
                        && parts.coordinator.table("spare").isPresent());
    }

    private static Parts start(Shipments shipments) {
        shipments.put("early", Shipments.rows(0, HALF));
        shipments.put("late", Shipments.rows(HALF, 2 * HALF));
        List<ChildService> nodes = List.of(
                shipments.node("early", ChildService.freePort()),
                shipments.node("late", ChildService.freePort()),
                shipments.node("late", ChildService.freePort()));
        nodes.forEach(ChildService::awaitReady);
        List<FaultProxy> proxies =
                nodes.stream().map(node -> new FaultProxy(node.port())).toList();
        return new Parts(
                shipments,
                nodes,
                proxies.get(0),
                proxies.get(1),
                proxies.get(2),
                OwnCoordinator.over(Map.of(), Map.of("DUCKFLEET_COORDINATOR_FRAGMENT_CACHE", "0")));
    }

    /// `halves` is the sharded table, `second` the replicated one, `first` stands on one node.
    Map<String, Object> tables() {
        return Map.of(
                "halves", OwnCoordinator.nodes("shards", parts.early.port(), parts.late.port()),
                "second", OwnCoordinator.nodes("replicas", parts.late.port(), parts.copy.port()),
                "first", OwnCoordinator.node(parts.early.port()),
                "spare", OwnCoordinator.node(parts.copy.port()));
    }

    OwnCoordinator coordinator() {
        return parts.coordinator;
    }

    Shipments shipments() {
        return parts.shipments;
    }

    FaultProxy early() {
        return parts.early;
    }

    FaultProxy late() {
        return parts.late;
    }

    FaultProxy copy() {
        return parts.copy;
    }

    List<ChildService> nodes() {
        return parts.nodes;
    }

    private record Parts(
            Shipments shipments,
            List<ChildService> nodes,
            FaultProxy early,
            FaultProxy late,
            FaultProxy copy,
            OwnCoordinator coordinator)
            implements AutoCloseable {

        @Override
        public void close() {
            coordinator.close();
            List.of(early, late, copy).forEach(FaultProxy::close);
            nodes.forEach(ChildService::close);
        }
    }
}
