package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.DuckDbSettings;
import java.util.List;
import java.util.function.Predicate;

/// The authority on what a fragment must hold: DuckDB's own binder and optimizer, asked over empty stubs of
/// the tables of one [FleetSchema]. Its errors are what one DuckDB with all the tables would say.
/// Thread-safe.
public final class Adviser implements AutoCloseable {

    private final FleetSchema schema;
    private final StubNames names;
    private final StubDatabase forColumns;
    private final StubDatabase forPredicates;
    private final Predicate<TableShape> isLarge;
    private final NodeWork nodeWork;
    private final PlanCache plans = new PlanCache();

    /// Opens the stubs for `schema`; takes some 30 ms and a few hundred kB a table. Tables that are `isLarge`
    /// are to be reduced by semi-joins; nodes are asked for `nodeWork`.
    public Adviser(FleetSchema schema, DuckDbSettings settings, Predicate<TableShape> isLarge, NodeWork nodeWork) {
        this.schema = schema;
        this.isLarge = isLarge;
        this.nodeWork = nodeWork;
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

    NodeWork nodeWork() {
        return nodeWork;
    }

    /// The columns of the statement's answer.
    List<Column> answerOf(String sql) {
        return forPredicates.columnsOf(sql);
    }

    /// The plans that were made with this adviser.
    PlanCache plans() {
        return plans;
    }

    /// Whether it is worth an effort to fetch fewer of the table's rows.
    boolean isLarge(TableShape table) {
        return isLarge.test(table);
    }

    /// What can be proved for the statement, of which `advice` was given.
    SemiJoinProofs proofs(String sql, Advice advice) {
        return new SemiJoinProofs(
                names, forPredicates, new PredicateReader(names, forPredicates), sql, advice.forPredicates());
    }

    @Override
    public void close() {
        forColumns.close();
        forPredicates.close();
    }
}
