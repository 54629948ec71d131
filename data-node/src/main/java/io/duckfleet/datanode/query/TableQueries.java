package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.Soundness;
import io.duckfleet.datanode.table.TableSlot;
import java.time.Duration;
import java.util.concurrent.Future;

/// Runs work on the node's tables: admitted, on a session of its own, under a deadline, stoppable.
public final class TableQueries {

    private final TableSlot slot;
    private final Admission admission;
    private final Deadlines deadlines;
    private final Soundness soundness;
    private final QueryMetrics metrics;

    public TableQueries(
            TableSlot slot, Admission admission, Deadlines deadlines, Soundness soundness, QueryMetrics metrics) {
        this.slot = slot;
        this.admission = admission;
        this.deadlines = deadlines;
        this.soundness = soundness;
        this.metrics = metrics;
    }

    /// Does `work` and gives what it gives; the lease stays open for as long as the result needs it, and is
    /// closed by the caller. When the work fails it is closed here.
    ///
    /// @throws FleetException `not_ready`, `overloaded`, `deadline`, `cancelled`, and whatever the work
    /// throws
    public <T> T run(StopSignal signal, Duration limit, Work<T> work) {
        slot.requireTables();
        Future<?> deadline = deadlines.start(signal, limit);
        Admission.Place turn = enter(signal, limit, deadline);
        TableLease lease = lease(signal, turn, deadline);
        try {
            signal.watch(lease.session());
            return work.on(lease);
        } catch (FleetException e) {
            throw lease.fail(e);
        } catch (RuntimeException | Error e) {
            lease.fail();
            throw e;
        }
    }

    /// The tables as they are now.
    ///
    /// @throws FleetException `not_ready` while there are none
    public LoadedTables tables() {
        return slot.tables();
    }

    /// The tables are taken only now: while the query waited, others may have taken their place.
    private TableLease lease(StopSignal signal, Admission.Place turn, Future<?> deadline) {
        try {
            return new TableLease(slot.open(), signal, turn, deadline, soundness, metrics.start());
        } catch (RuntimeException e) {
            turn.close();
            deadline.cancel(false);
            throw e;
        }
    }

    private Admission.Place enter(StopSignal signal, Duration limit, Future<?> deadline) {
        try {
            return admission.enter(limit, signal);
        } catch (FleetException e) {
            deadline.cancel(false);
            metrics.refused();
            throw signal.explain(e);
        }
    }

    /// What is done with the tables; `lease` gives the tables and a [Session].
    @FunctionalInterface
    public interface Work<T> {
        T on(TableLease lease);
    }
}
