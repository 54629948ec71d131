package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.coordinator.history.QueryEntry;
import io.duckfleet.coordinator.history.QueryHistory;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/// Answers queries: admitted, on a session of their own, under one deadline for all their parts, and anew
/// from the start when a node has loaded its table again in between.
public final class QueryService {

    private static final int MOST_PLANS = 4;

    private final QueryEngine engine;
    private final LocalDatabase database;
    private final Admission admission;
    private final Deadlines deadlines;
    private final QueryMetrics metrics;
    private final QueryHistory history;
    private final Duration defaultTimeout;

    /// Queries may take `defaultTimeout` unless they say so themselves.
    public QueryService(
            QueryEngine engine,
            LocalDatabase database,
            Admission admission,
            Deadlines deadlines,
            QueryMetrics metrics,
            QueryHistory history,
            Duration defaultTimeout) {
        this.engine = engine;
        this.database = database;
        this.admission = admission;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.history = history;
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
        Held held = new Held();
        try {
            hold(held, deadline, signal);
            entry.running();
            return answerAnew(
                    new QueryTask(mode, request, format, numbers, caching, deadline, signal, entry, lake), held);
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

    private void hold(Held held, Deadline deadline, StopSignal signal) {
        Admission.Turn turn = admission.enter(deadline.remaining(), signal);
        held.add(turn::close);
        QueryMetrics.Running running = metrics.start();
        held.add(running::end);
        Future<?> timer = deadlines.start(signal, deadline.remaining());
        held.add(() -> timer.cancel(false));
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

    /// What is known of the table's nodes was refreshed by whoever found that they have another version.
    private Answer answerAnew(QueryTask task, Held held) {
        for (int plans = 1; ; plans++) {
            try {
                return answerOnce(task, held);
            } catch (FleetException e) {
                if (e.code() != ErrorCode.TABLE_VERSION_CHANGED || plans == MOST_PLANS) {
                    throw e;
                }
            }
        }
    }

    private Answer answerOnce(QueryTask task, Held held) {
        LocalSession session = database.open();
        Held ofSession = new Held();
        ofSession.add(session::close);
        try {
            task.signal().watch(session.session());
            ofSession.add(task.signal()::release);
            ReadyResult result = engine.run(session, task);
            ofSession.add(result::close);
            held.add(ofSession::close);
            return new Answer(result, held, task.entry());
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
