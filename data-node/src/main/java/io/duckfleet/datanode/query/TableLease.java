package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.OpenTables;
import io.duckfleet.datanode.table.Soundness;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The tables and a session on them, lent to one query. Closing it, once or more often, gives everything
/// back.
public final class TableLease implements AutoCloseable {

    private final LoadedTables tables;
    private final Session session;
    private final StopSignal signal;
    private final Admission.Place turn;
    private final Future<?> deadline;
    private final Soundness soundness;
    private final QueryMetrics.Running running;
    private final AtomicBoolean open = new AtomicBoolean(true);

    TableLease(
            OpenTables source,
            StopSignal signal,
            Admission.Place turn,
            Future<?> deadline,
            Soundness soundness,
            QueryMetrics.Running running) {
        this.tables = source.tables();
        this.session = source.session();
        this.signal = signal;
        this.turn = turn;
        this.deadline = deadline;
        this.soundness = soundness;
        this.running = running;
    }

    public LoadedTables tables() {
        return tables;
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
