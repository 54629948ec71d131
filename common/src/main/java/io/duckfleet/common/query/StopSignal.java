package io.duckfleet.common.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stops one query from outside, whether it runs already or not: its deadline passes, its caller goes away,
/// somebody cancels it. The first reason counts. Thread-safe.
public final class StopSignal {

    /// Why a query is stopped.
    public enum Reason {
        DEADLINE,
        CANCELLED
    }

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

    /// Stops the query, now or as soon as it starts.
    public void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            act();
        }
    }

    /// From now on the signal stops what runs on `running`.
    public void watch(Session running) {
        watch(running::cancel);
    }

    /// From now on the signal does `onStop`, which must be quick; at once if it was given already.
    public void watch(Runnable onStop) {
        action.set(onStop);
        if (reason.get() != null) {
            act();
        }
    }

    /// From now on there is nothing to stop; called before the session is closed.
    public void release() {
        action.set(null);
    }

    /// `error` as its caller should see it: a query that was stopped by its deadline failed by its deadline.
    public FleetException explain(FleetException error) {
        if (error.code() == ErrorCode.CANCELLED && reason.get() == Reason.DEADLINE) {
            return new FleetException(
                    ErrorCode.DEADLINE, "the query took longer than its deadline allows; ask for less", error);
        }
        return error;
    }

    private void act() {
        Runnable onStop = action.get();
        if (onStop != null) {
            onStop.run();
        }
    }
}
