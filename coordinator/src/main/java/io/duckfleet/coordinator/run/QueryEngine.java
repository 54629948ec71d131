package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.statement.FunctionPolicy;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.Planner;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// The life of a query: read, resolve, plan, fetch, join, answer. Stateless between queries; thread-safe.
public final class QueryEngine {

    private final SchemaResolver schemas;
    private final Advisers advisers;
    private final FragmentFetch fetch;
    private final Results results;
    private final Clock clock;

    public QueryEngine(
            Fleet fleet, LocalDatabase database, Advisers advisers, FragmentFetch fetch, Results results, Clock clock) {
        this.schemas = new SchemaResolver(fleet, database);
        this.advisers = advisers;
        this.fetch = fetch;
        this.results = results;
        this.clock = clock;
    }

    /// The result of `sql`, at most `limit` rows of it, made on `local` and living there.
    ///
    /// @throws FleetException that tells what one DuckDB would, or which part of the fleet failed
    ReadyResult run(
            LocalSession local,
            String sql,
            OptionalLong limit,
            ResultFormat format,
            JsonNumbers numbers,
            Deadline deadline) {
        long start = System.nanoTime();
        SelectStatement statement = read(local.session(), sql, limit);
        LocalQuery plan = plan(statement, local);
        List<FetchedFragment> fetched = fetch.fetchAll(plan.fragments(), deadline);
        QueryTables.create(local.session(), plan, fetched);
        if (QueryTables.readsLake(plan)) {
            QueryTables.showLake(local.session());
        }
        AnswerTail tail = new AnswerTail(UUID.randomUUID().toString(), plan, fetched, start, clock);
        return results.run(local.session(), statement, format, numbers, tail);
    }

    private LocalQuery plan(SelectStatement statement, LocalSession local) {
        FleetSchema schema = schemas.schemaFor(statement, local);
        try (Replaceable.Lease<Adviser> adviser = advisers.lease(schema)) {
            return Planner.plan(statement, adviser.resource(), local.session());
        }
    }

    private static SelectStatement read(Session session, String sql, OptionalLong limit) {
        SelectStatement statement = StatementReader.read(session, sql);
        FunctionPolicy.check(statement);
        if (limit.isEmpty()) {
            return statement;
        }
        return StatementReader.read(
                session,
                "FROM (%s\n) LIMIT %d".formatted(StatementReader.asSubquery(session, statement), limit.getAsLong()));
    }
}
