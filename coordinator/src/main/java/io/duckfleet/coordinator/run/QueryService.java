package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.time.Duration;
import java.util.concurrent.Future;

/// Answers queries: admitted, on a session of their own, under one deadline for all their parts, and once
/// more from the start when a node has loaded its table again in between.
public final class QueryService {

    private final QueryEngine engine;
    private final LocalDatabase database;
    private final Fleet fleet;
    private final Admission admission;
    private final Deadlines deadlines;
    private final QueryMetrics metrics;
    private final Duration defaultTimeout;

    public QueryService(
            QueryEngine engine,
            LocalDatabase database,
            Fleet fleet,
            Admission admission,
            Deadlines deadlines,
            QueryMetrics metrics,
            Duration defaultTimeout) {
        this.engine = engine;
        this.database = database;
        this.fleet = fleet;
        this.admission = admission;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.defaultTimeout = defaultTimeout;
    }

    /// The answer, ready to be written; `signal` stops the query at any time.
    Answer answer(QueryRequest request, ResultFormat format, JsonNumbers numbers, StopSignal signal) {
        Deadline deadline = Deadline.in(request.timeout().orElse(defaultTimeout));
        Held held = new Held();
        try {
            Admission.Turn turn = admission.enter(deadline.remaining());
            held.add(turn::close);
            QueryMetrics.Running running = metrics.start();
            held.add(running::end);
            Future<?> timer = deadlines.start(signal, deadline.remaining());
            held.add(() -> timer.cancel(false));
            return answerTwice(request, format, numbers, signal, deadline, held);
        } catch (FleetException e) {
            held.close();
            metrics.failed(e.code());
            throw e.code() == ErrorCode.CANCELLED && deadline.hasPassed() ? deadline.exceeded() : signal.explain(e);
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    private Answer answerTwice(
            QueryRequest request,
            ResultFormat format,
            JsonNumbers numbers,
            StopSignal signal,
            Deadline deadline,
            Held held) {
        try {
            return answerOnce(request, format, numbers, signal, deadline, held);
        } catch (FleetException e) {
            if (e.code() != ErrorCode.TABLE_VERSION_CHANGED) {
                throw e;
            }
            fleet.refreshAll();
            return answerOnce(request, format, numbers, signal, deadline, held);
        }
    }

    private Answer answerOnce(
            QueryRequest request,
            ResultFormat format,
            JsonNumbers numbers,
            StopSignal signal,
            Deadline deadline,
            Held held) {
        LocalSession session = database.open();
        Held ofSession = new Held();
        ofSession.add(session::close);
        try {
            signal.watch(session.session());
            ofSession.add(signal::release);
            ReadyResult result = engine.run(session, request.sql(), request.rowLimit(), format, numbers, deadline);
            ofSession.add(result::close);
            held.add(ofSession::close);
            return new Answer(result, held);
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
