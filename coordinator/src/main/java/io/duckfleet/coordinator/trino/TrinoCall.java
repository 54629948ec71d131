package io.duckfleet.coordinator.trino;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A statement at Trino under way. It can be stopped at any time, also while Trino doesn't even answer: the
/// driver can't cancel before it has heard of Trino, so it is asked on a thread that may be interrupted.
final class TrinoCall {

    private static final Logger LOG = Logger.getLogger(TrinoCall.class);

    private final Statement statement;
    private volatile boolean stopped;

    TrinoCall(Statement statement) {
        this.statement = statement;
    }

    /// The result as soon as its columns are known; `signal` stops the statement from now on.
    ///
    /// @throws FleetException `cancelled`
    ResultSet start(String sql, StopSignal signal) throws SQLException {
        FutureTask<ResultSet> answer = new FutureTask<>(() -> statement.executeQuery(sql));
        signal.watch(() -> stop(answer));
        Thread.ofVirtual().name("trino").start(answer);
        try {
            ResultSet result = answer.get();
            requireGoing();
            return result;
        } catch (CancellationException e) {
            throw cancelled(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(answer);
            throw cancelled(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /// @throws FleetException `cancelled` if the statement was stopped
    void requireGoing() {
        if (stopped) {
            throw cancelled(null);
        }
    }

    private SQLException failure(ExecutionException e) {
        if (stopped) {
            throw cancelled(e);
        }
        return e.getCause() instanceof SQLException cause ? cause : new SQLException(String.valueOf(e.getCause()), e);
    }

    private void stop(FutureTask<ResultSet> answer) {
        stopped = true;
        answer.cancel(true);
        Thread.ofVirtual().name("trino-cancel").start(this::cancel);
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debugf(e, "a statement at Trino had ended before it could be cancelled");
        }
    }

    private static FleetException cancelled(@Nullable Exception cause) {
        return new FleetException(ErrorCode.CANCELLED, "the query was cancelled", cause);
    }
}
