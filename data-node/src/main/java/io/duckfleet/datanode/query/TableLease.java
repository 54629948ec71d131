package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.OpenTable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The table and a session on it, lent to one query. Closing it, once or more often, gives everything back.
public final class TableLease implements AutoCloseable {

    private final LoadedTable table;
    private final Session session;
    private final StopSignal signal;
    private final Admission.Turn turn;
    private final Future<?> deadline;
    private final QueryMetrics.Running running;
    private final AtomicBoolean open = new AtomicBoolean(true);

    TableLease(
            OpenTable source,
            StopSignal signal,
            Admission.Turn turn,
            Future<?> deadline,
            QueryMetrics.Running running) {
        this.table = source.table();
        this.session = source.session();
        this.signal = signal;
        this.turn = turn;
        this.deadline = deadline;
        this.running = running;
    }

    public LoadedTable table() {
        return table;
    }

    public Session session() {
        return session;
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
