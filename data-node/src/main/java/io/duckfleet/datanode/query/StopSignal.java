package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stops one query from outside, whether it runs already or not: its deadline passes, its caller goes away, somebody
/// cancels it. The first reason counts. Thread-safe.
public final class StopSignal {

    /// Why a query is stopped.
    public enum Reason {
        DEADLINE,
        CANCELLED
    }

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();

    /// Stops the query, now or as soon as it starts.
    public void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            cancelSession();
        }
    }

    /// From now on the signal stops what runs on `running`.
    void watch(Session running) {
        session.set(running);
        if (reason.get() != null) {
            cancelSession();
        }
    }

    /// From now on there is nothing to stop; called before the session is closed.
    void release() {
        session.set(null);
    }

    /// `error` as its caller should see it: a query that was stopped by its deadline failed by its deadline.
    FleetException explain(FleetException error) {
        if (error.code() == ErrorCode.CANCELLED && reason.get() == Reason.DEADLINE) {
            return new FleetException(
                    ErrorCode.DEADLINE, "the query took longer than its deadline allows; ask for less", error);
        }
        return error;
    }

    private void cancelSession() {
        Session running = session.get();
        if (running != null) {
            running.cancel();
        }
    }
}
