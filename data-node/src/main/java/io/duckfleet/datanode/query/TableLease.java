package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.OpenTable;
import io.duckfleet.datanode.table.Soundness;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The table and a session on it, lent to one query. Closing it, once or more often, gives everything back.
public final class TableLease implements AutoCloseable {

    private final LoadedTable table;
    private final Session session;
    private final StopSignal signal;
    private final Admission.Turn turn;
    private final Future<?> deadline;
    private final Soundness soundness;
    private final QueryMetrics.Running running;
    private final AtomicBoolean open = new AtomicBoolean(true);

    TableLease(
            OpenTable source,
            StopSignal signal,
            Admission.Turn turn,
            Future<?> deadline,
            Soundness soundness,
            QueryMetrics.Running running) {
        this.table = source.table();
        this.session = source.session();
        this.signal = signal;
        this.turn = turn;
        this.deadline = deadline;
        this.soundness = soundness;
        this.running = running;
    }

    public LoadedTable table() {
        return table;
    }

    public Session session() {
        return session;
    }

    /// From now on the query's end by its deadline, or by its caller's going away, breaks off what is sent.
    void sendingUntil(Runnable breakOff) {
        signal.watch(() -> {
            session.cancel();
            breakOff.run();
        });
    }

    /// Gives everything back after a failure, and tells the failure as its caller should see it.
    FleetException fail(FleetException failure) {
        soundness.consider(failure);
        end(true);
        return signal.explain(failure);
    }

    void fail() {
        end(true);
    }

    @Override
    public void close() {
        end(false);
    }

    private void end(boolean failed) {
        if (open.compareAndSet(true, false)) {
            deadline.cancel(false);
            signal.release();
            try {
                session.close();
            } finally {
                turn.close();
                running.end(failed);
            }
        }
    }
}
