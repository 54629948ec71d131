package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.ReadyResult;
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

/// The life of a query: read, resolve, plan, fetch, join, answer. Stateless between queries; thread-safe.
public final class QueryEngine {

    private final SchemaResolver schemas;
    private final Advisers advisers;
    private final FragmentFetch fetch;
    private final Results results;
    private final Explainer explainer;
    private final Clock clock;

    public QueryEngine(
            Fleet fleet, LocalDatabase database, Advisers advisers, FragmentFetch fetch, Results results, Clock clock) {
        this.schemas = new SchemaResolver(fleet, database);
        this.advisers = advisers;
        this.fetch = fetch;
        this.results = results;
        this.explainer = new Explainer(fleet.config());
        this.clock = clock;
    }

    /// The result of the task's statement, made on `local` and living there.
    ///
    /// @throws FleetException that tells what one DuckDB would, or which part of the fleet failed
    ReadyResult run(LocalSession local, QueryTask task) {
        long start = System.nanoTime();
        Session session = local.session();
        SelectStatement statement = read(session, task.request());
        LocalQuery plan = plan(statement, local);
        if (task.mode() == QueryMode.EXPLAIN) {
            return explainer.explain(plan).as(task.format());
        }
        List<FetchedFragment> fetched = fetch.fetchAll(plan.fragments(), task.deadline(), task.signal());
        try {
            return answer(session, statement, plan, fetched, task, start);
        } finally {
            fetched.forEach(fragment -> FragmentFetch.delete(fragment.file()));
        }
    }

    /// The result, computed: it no longer needs the fragments' files.
    private ReadyResult answer(
            Session session,
            SelectStatement statement,
            LocalQuery plan,
            List<FetchedFragment> fetched,
            QueryTask task,
            long start) {
        task.signal().watch(session);
        QueryTables.create(session, plan, fetched);
        if (task.mode() == QueryMode.EXPLAIN_ANALYZE) {
            return explainer.explain(plan, fetched, analyze(session, statement)).as(task.format());
        }
        AnswerTail tail = new AnswerTail(task.entry().id(), plan, fetched, start, clock);
        return results.run(session, statement, task.format(), task.numbers(), tail);
    }

    private LocalQuery plan(SelectStatement statement, LocalSession local) {
        FleetSchema schema = schemas.schemaFor(statement, local);
        try (Replaceable.Lease<Adviser> adviser = advisers.lease(schema)) {
            return Planner.plan(statement, adviser.resource(), local.session());
        }
    }

    /// Runs the statement, and tells how DuckDB did that.
    private static String analyze(Session session, SelectStatement statement) {
        return session.query("EXPLAIN ANALYZE " + statement.sql(), rows -> {
            rows.next();
            return rows.getString(2);
        });
    }

    private static SelectStatement read(Session session, QueryRequest request) {
        SelectStatement statement = StatementReader.read(session, request.sql());
        FunctionPolicy.check(statement);
        if (request.rowLimit().isEmpty()) {
            return statement;
        }
        return StatementReader.read(
                session,
                "FROM (%s\n) LIMIT %d"
                        .formatted(
                                StatementReader.asSubquery(session, statement),
                                request.rowLimit().getAsLong()));
    }
}
