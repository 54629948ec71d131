package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.NodeWork;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.function.Predicate;

/// Keeps the adviser of the newest schema of the nodes, and of the newest that has the lake's tables as well:
/// schemas change seldom, and a new adviser takes some 30 ms. Thread-safe.
public final class Advisers implements AutoCloseable {

    private final DuckDbSettings settings;
    private final Predicate<TableShape> isLarge;
    private final NodeWork nodeWork;
    private final Replaceable<Adviser> ofNodes = new Replaceable<>();
    private final Replaceable<Adviser> withLake = new Replaceable<>();

    /// Tables that are `isLarge` are to be reduced by semi-joins; nodes are asked for `nodeWork`.
    public Advisers(DuckDbSettings settings, Predicate<TableShape> isLarge, NodeWork nodeWork) {
        this.settings = settings;
        this.isLarge = isLarge;
        this.nodeWork = nodeWork;
    }

    /// An adviser for exactly this schema, to be given back.
    synchronized Replaceable.Lease<Adviser> lease(FleetSchema schema) {
        Replaceable<Adviser> advisers =
                schema.tables().stream().anyMatch(table -> table.home().isInLake()) ? withLake : ofNodes;
        Replaceable.Lease<Adviser> newest = advisers.lease(() -> adviser(schema));
        if (newest.resource().schema().equals(schema)) {
            return newest;
        }
        newest.close();
        advisers.replace(adviser(schema));
        return advisers.lease(() -> adviser(schema));
    }

    private Adviser adviser(FleetSchema schema) {
        return new Adviser(schema, settings, isLarge, nodeWork);
    }

    @Override
    public void close() {
        ofNodes.close();
        withLake.close();
    }
}
