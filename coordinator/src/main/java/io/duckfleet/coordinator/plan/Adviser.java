package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.DuckDbSettings;

/// The authority on what a fragment must hold: DuckDB's own binder and optimizer, asked over empty stubs of
/// the tables of one [FleetSchema]. Its errors are what one DuckDB with all the tables would say.
/// Thread-safe.
public final class Adviser implements AutoCloseable {

    private final FleetSchema schema;
    private final StubNames names;
    private final StubDatabase forColumns;
    private final StubDatabase forPredicates;

    /// Opens the stubs for `schema`; takes some 30 ms and a few hundred kB a table.
    public Adviser(FleetSchema schema, DuckDbSettings settings) {
        this.schema = schema;
        this.names = new StubNames(schema.tables());
        this.forColumns = new StubDatabase(schema.tables(), names, "filter_pushdown,cte_filter_pusher", settings);
        this.forPredicates = new StubDatabase(schema.tables(), names, "", settings);
    }

    public FleetSchema schema() {
        return schema;
    }

    /// What the optimizer says of the statement.
    ///
    /// @throws FleetException what one DuckDB would answer to the statement when it can't be bound
    Advice advise(String sql) {
        return new Advice(
                names,
                forColumns.explain(sql),
                () -> forPredicates.explain(sql),
                new PredicateReader(names, forPredicates),
                () -> forPredicates.columnsOf(sql));
    }

    @Override
    public void close() {
        forColumns.close();
        forPredicates.close();
    }
}
