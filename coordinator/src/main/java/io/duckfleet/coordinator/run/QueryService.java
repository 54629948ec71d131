package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.coordinator.coalesce.Coalescer;
import io.duckfleet.coordinator.coalesce.Part;
import io.duckfleet.coordinator.history.QueryEntry;
import io.duckfleet.coordinator.history.QueryHistory;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/// Answers queries: admitted, on a session of their own, under one deadline for all their parts, and anew
/// from the start when a node has loaded its table again in between. Those who ask the same while others wait
/// or run share a run (docs/decisions/055).
public final class QueryService {

    private static final int MOST_PLANS = 4;

    /// Longer answers go out while they are read; writing them down first would cost more than it spares.
    private static final long MOST_SHARED_ROWS = 10_000;

    private static final Duration PATIENCE_WITH_OTHERS = Duration.ofMillis(100);

    private final QueryEngine engine;
    private final LocalDatabase database;
    private final Admission admission;
    private final Deadlines deadlines;
    private final QueryMetrics metrics;
    private final QueryHistory history;
    private final ScratchDirectory scratch;
    private final Duration defaultTimeout;
    private final Coalescer<Question> coalescer = new Coalescer<>(PATIENCE_WITH_OTHERS);

    /// Queries may take `defaultTimeout` unless they say so themselves; answers that are shared go through
    /// `scratch`.
    public QueryService(
            QueryEngine engine,
            LocalDatabase database,
            Admission admission,
            Deadlines deadlines,
            QueryMetrics metrics,
            QueryHistory history,
            ScratchDirectory scratch,
            Duration defaultTimeout) {
        this.engine = engine;
        this.database = database;
        this.admission = admission;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.history = history;
        this.scratch = scratch;
        this.defaultTimeout = defaultTimeout;
    }

    /// The answer in the shape of the lake's routes, ready to be written or closed; `signal` stops the
    /// query at any time.
    public Answer records(QueryRequest request, ResultFormat format, JsonNumbers numbers, StopSignal signal) {
        return answer(QueryMode.RECORDS, request, format, numbers, Caching.ALLOWED, signal);
    }

    /// The same.
    public Answer records(LakeQuery query, ResultFormat format, JsonNumbers numbers, StopSignal signal) {
        return answer(QueryMode.RECORDS, query.request(), format, numbers, Caching.ALLOWED, signal, Optional.of(query));
    }

    /// The answer, ready to be written; `signal` stops the query at any time.
    Answer answer(
            QueryMode mode,
            QueryRequest request,
            ResultFormat format,
            JsonNumbers numbers,
            Caching caching,
            StopSignal signal) {
        return answer(mode, request, format, numbers, caching, signal, Optional.empty());
    }

    private Answer answer(
            QueryMode mode,
            QueryRequest request,
            ResultFormat format,
            JsonNumbers numbers,
            Caching caching,
            StopSignal signal,
            Optional<LakeQuery> lake) {
        Deadline deadline = Deadline.in(request.timeout().orElse(defaultTimeout));
        QueryEntry entry = history.add(request.sql(), request.otherEngine(), signal);
        QueryTask task = new QueryTask(mode, request, format, numbers, caching, deadline, signal, entry, lake);
        Held held = new Held();
        try {
            Admission.Place place = admission.enter();
            held.add(place::close);
            return new Answer(result(task, place, held), held, entry);
        } catch (FleetException e) {
            held.close();
            throw failed(entry, explain(e, deadline, signal));
        } catch (RuntimeException | Error e) {
            held.close();
            failed(
                    entry,
                    new FleetException(ErrorCode.INTERNAL, "the query failed for a reason of the server's own", e));
            throw e;
        }
    }

    private FleetException failed(QueryEntry entry, FleetException failure) {
        entry.failed(failure);
        metrics.failed(failure.code());
        return failure;
    }

    private static FleetException explain(FleetException error, Deadline deadline, StopSignal signal) {
        return error.code() == ErrorCode.CANCELLED && deadline.hasPassed()
                ? deadline.exceeded()
                : signal.explain(error);
    }

    /// The result of a run of the task's own, or of one that those share who ask the same at this time.
    private ReadyResult result(QueryTask task, Admission.Place place, Held held) {
        Optional<Question> question = Question.of(task);
        return question.isPresent() ? shared(question.get(), task, place, held) : run(task, place, held);
    }

    private ReadyResult shared(Question question, QueryTask task, Admission.Place place, Held held) {
        QueryMetrics.Running timed = metrics.start();
        try (Coalescer<Question>.Place asking = coalescer.join(question)) {
            return switch (asking.await(task.deadline().remaining(), task.signal())) {
                case Part.Lead() -> lead(asking, task, place, held);
                case Part.Alone() -> run(task, place, held);
                case Part.Answered(ReadyResult answer) -> {
                    held.add(answer::close);
                    held.add(timed::end);
                    metrics.shared();
                    yield answer;
                }
                case Part.Refused(FleetException failure) -> throw failure;
            };
        }
    }

    /// Runs for all who ask the same until the turn comes.
    private ReadyResult lead(Coalescer<Question>.Place asking, QueryTask task, Admission.Place place, Held held) {
        awaitTurn(task, place, held);
        asking.start();
        try {
            ReadyResult result = runAnew(task, held);
            return asking.isFollowed() && result.rows() <= MOST_SHARED_ROWS ? share(result, asking, held) : result;
        } catch (FleetException e) {
            if (e.code().category() == ErrorCode.Category.USER && e.code() != ErrorCode.CANCELLED) {
                asking.refuse(e);
            }
            throw e;
        }
    }

    private ReadyResult share(ReadyResult result, Coalescer<Question>.Place asking, Held held) {
        try (StoredResult stored = StoredResult.write(result, scratch.newFile("shared"))) {
            asking.answer(stored::open);
            ReadyResult own = stored.open();
            held.add(own::close);
            return own;
        }
    }

    private ReadyResult run(QueryTask task, Admission.Place place, Held held) {
        awaitTurn(task, place, held);
        return runAnew(task, held);
    }

    private void awaitTurn(QueryTask task, Admission.Place place, Held held) {
        place.awaitTurn(task.deadline().remaining(), task.signal());
        QueryMetrics.Running timed = metrics.start();
        held.add(timed::end);
        Future<?> timer = deadlines.start(task.signal(), task.deadline().remaining());
        held.add(() -> timer.cancel(false));
        task.entry().running();
    }

    /// What is known of the table's nodes was refreshed by whoever found that they have another version.
    private ReadyResult runAnew(QueryTask task, Held held) {
        for (int plans = 1; ; plans++) {
            try {
                return runOnce(task, held);
            } catch (FleetException e) {
                if (e.code() != ErrorCode.TABLE_VERSION_CHANGED || plans == MOST_PLANS) {
                    throw e;
                }
            }
        }
    }

    private ReadyResult runOnce(QueryTask task, Held held) {
        LocalSession session = database.open();
        Held ofSession = new Held();
        ofSession.add(session::close);
        try {
            task.signal().watch(session.session());
            ofSession.add(task.signal()::release);
            ReadyResult result = engine.run(session, task);
            ofSession.add(result::close);
            held.add(ofSession::close);
            return result;
        } catch (FleetException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                database.rebuild(session);
            }
            ofSession.close();
            throw e;
        } catch (RuntimeException | Error e) {
            ofSession.close();
            throw e;
        }
    }
}
