package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.FleetSchema;

/// Keeps the adviser of the newest schema of the nodes, and of the newest that has the lake's tables as well:
/// schemas change seldom, and a new adviser takes some 30 ms. Thread-safe.
public final class Advisers implements AutoCloseable {

    private final DuckDbSettings settings;
    private final Replaceable<Adviser> ofNodes = new Replaceable<>();
    private final Replaceable<Adviser> withLake = new Replaceable<>();

    public Advisers(DuckDbSettings settings) {
        this.settings = settings;
    }

    /// An adviser for exactly this schema, to be given back.
    synchronized Replaceable.Lease<Adviser> lease(FleetSchema schema) {
        Replaceable<Adviser> advisers =
                schema.tables().stream().anyMatch(table -> table.home().isInLake()) ? withLake : ofNodes;
        Replaceable.Lease<Adviser> newest = advisers.lease(() -> new Adviser(schema, settings));
        if (newest.resource().schema().equals(schema)) {
            return newest;
        }
        newest.close();
        advisers.replace(new Adviser(schema, settings));
        return advisers.lease(() -> new Adviser(schema, settings));
    }

    @Override
    public void close() {
        ofNodes.close();
        withLake.close();
    }
}
