package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.Planner;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import io.duckfleet.coordinator.statement.CallersStatement;
import io.duckfleet.coordinator.statement.CallersStatementReader;
import io.duckfleet.coordinator.statement.Explaining;
import io.duckfleet.coordinator.trino.TrinoEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The life of a query: read, resolve, plan, fetch, join, answer. Stateless between queries; thread-safe.
public final class QueryEngine {

    private final SchemaResolver schemas;
    private final Advisers advisers;
    private final FragmentFetch fetch;
    private final FetchEstimate estimate;
    private final MemoryReservations reservations;
    private final Results results;
    private final SlowQueryLog slow;
    private final Explainer explainer;
    private final TrinoRun trino;
    private final Clock clock;

    public QueryEngine(
            Fleet fleet,
            LocalDatabase database,
            Advisers advisers,
            FragmentFetch fetch,
            FetchEstimate estimate,
            MemoryReservations reservations,
            Results results,
            SlowQueryLog slow,
            TrinoEngine trino,
            Clock clock) {
        this.schemas = new SchemaResolver(fleet, database);
        this.advisers = advisers;
        this.fetch = fetch;
        this.estimate = estimate;
        this.reservations = reservations;
        this.results = results;
        this.slow = slow;
        this.explainer = new Explainer(fleet, estimate);
        this.trino = new TrinoRun(trino, results, slow, clock);
        this.clock = clock;
    }

    /// The result of the task's statement, made on `local` and living there.
    ///
    /// @throws FleetException that tells what one DuckDB would, or which part of the fleet failed
    ReadyResult run(LocalSession local, QueryTask task) {
        long start = System.nanoTime();
        QueryRequest request = task.request();
        if (request.isForTrino()) {
            return trino.run(local.session(), task);
        }
        CallersStatement statement =
                CallersStatementReader.read(local.session(), task.sql(), request.values(), request.rowLimit());
        try {
            return run(new Work(local, task, statement, start));
        } catch (FleetException e) {
            throw statement.inCallersText(e);
        }
    }

    /// One query under way.
    private record Work(LocalSession local, QueryTask task, CallersStatement statement, long start) {

        Session session() {
            return local.session();
        }

        /// `EXPLAIN` before a statement says what is done with it, too.
        QueryMode mode() {
            return statement.explaining().map(task.mode()::with).orElse(task.mode());
        }
    }

    private ReadyResult run(Work work) {
        LocalQuery plan = plan(work);
        if (work.mode() == QueryMode.EXPLAIN) {
            return told(work, explainer.explain(plan), tail(work, plan, List.of()));
        }
        QueryTask task = work.task();
        MemoryReservations.Reservation reserved =
                reservations.reserve(estimate.bytes(plan), task.deadline(), task.signal());
        try {
            return fetchAndAnswer(work, plan);
        } finally {
            reserved.close();
        }
    }

    private ReadyResult fetchAndAnswer(Work work, LocalQuery plan) {
        FetchedPlan fetched = fetch.fetch(
                plan,
                work.session(),
                work.task().caching(),
                formOfHandedOn(work),
                work.task().deadline(),
                work.task().signal());
        try {
            return answer(work, fetched.plan(), fetched.fragments());
        } finally {
            fetched.fragments().forEach(fragment -> fragment.file().release());
        }
    }

    /// Rows that go out as JSON come as that, where nothing else is done with them.
    private static FragmentForm formOfHandedOn(Work work) {
        boolean isJson = work.mode().givesRows() && work.task().format() == ResultFormat.JSON;
        return isJson ? FragmentForm.json(work.task().numbers()) : FragmentForm.PARQUET;
    }

    /// The result, computed: it no longer needs the fragments' files.
    private ReadyResult answer(Work work, LocalQuery plan, List<FetchedFragment> fetched) {
        QueryTask task = work.task();
        task.signal().watch(work.session());
        JsonTail tail = tail(work, plan, fetched);
        if (fetched.stream().anyMatch(part -> part.part().form() != FragmentForm.PARQUET)) {
            return handedOn(work, fetched, tail);
        }
        QueryTables.create(work.session(), plan, fetched);
        if (work.mode() == QueryMode.EXPLAIN_ANALYZE) {
            return told(work, explainer.explain(plan, fetched, analyze(work, plan)), tail);
        }
        ReadyResult result = results.run(
                work.session(),
                plan.statement(),
                task.format(),
                task.numbers(),
                tail,
                AnsweredRows.fewOf(plan, fetched));
        slow.told(task, fetched, Duration.ofNanos(System.nanoTime() - work.start()));
        return result;
    }

    private ReadyResult handedOn(Work work, List<FetchedFragment> fetched, JsonTail tail) {
        ReadyResult result = HandedOn.of(fetched.getFirst(), tail);
        slow.told(work.task(), fetched, Duration.ofNanos(System.nanoTime() - work.start()));
        return result;
    }

    private JsonTail tail(Work work, LocalQuery plan, List<FetchedFragment> fetched) {
        AnswerTail tail = new AnswerTail(work.task().entry().id(), plan.sourceTables(), fetched, work.start(), clock);
        return work.task().mode() == QueryMode.RECORDS
                ? new RecordsTail(work.task().request(), work.start(), tail)
                : tail;
    }

    private LocalQuery plan(Work work) {
        CallersStatement statement = work.statement();
        FleetSchema schema =
                schemas.schemaFor(statement.select(), work.local(), work.task().lakeSchema());
        try (Replaceable.Lease<Adviser> adviser = advisers.lease(schema)) {
            return Planner.plan(statement, adviser.resource(), work.session());
        }
    }

    /// The plan in the shape of `POST /explain`, or as the row that DuckDB gives for `EXPLAIN`.
    private ReadyResult told(Work work, Explanation explanation, JsonTail tail) {
        QueryTask task = work.task();
        if (!task.mode().givesRows()) {
            return explanation.as(task.format());
        }
        boolean asJson = work.statement().explaining().map(Explaining::asJson).orElse(false);
        return results.run(
                work.session(), explanation.asRow(work.session(), asJson), task.format(), task.numbers(), tail);
    }

    /// Runs the statement, and tells how DuckDB did that. A PIVOT without an IN list runs in two steps, of
    /// which DuckDB tells nothing.
    private static String analyze(Work work, LocalQuery plan) {
        String sql = plan.statement().sql();
        if (work.statement().isOpenPivot()) {
            work.session().execute("CREATE TEMP TABLE \"explained answer\" AS FROM (\n%s\n)".formatted(sql));
            return "PIVOT without an IN list: DuckDB looks at the values first and makes no plan beforehand";
        }
        return work.session().query("EXPLAIN ANALYZE " + sql, rows -> {
            rows.next();
            return rows.getString(2);
        });
    }
}
