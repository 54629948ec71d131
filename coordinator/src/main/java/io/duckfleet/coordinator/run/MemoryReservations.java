package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.FairPermits;
import io.duckfleet.common.query.StopSignal;
import java.util.concurrent.Semaphore;

/// Admission control by bytes: before a query fetches, it reserves what its fragments may bring, waits while
/// others have that reserved, and is refused at once when too many wait already. A query that wants more than
/// there is in all gets all of it: it runs alone, and DuckDB spills. Thread-safe.
public final class MemoryReservations {

    private static final long UNIT = 1 << 20;

    private final int units;
    private final int mayWait;
    private final FairPermits free;
    private final Semaphore places;

    /// `bytes` to reserve in all, and how many queries may wait for some.
    public MemoryReservations(long bytes, int waiting) {
        units = Math.toIntExact(Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE));
        free = new FairPermits(units);
        mayWait = waiting;
        places = new Semaphore(waiting);
    }

    /// A reservation of `bytes`, given back when it is closed. `signal` ends the waiting for it; afterwards
    /// it stops nothing.
    ///
    /// @throws FleetException `overloaded` when too many wait already, `deadline` when nothing is free in
    /// time, `cancelled` when the query is stopped before
    Reservation reserve(long bytes, Deadline deadline, StopSignal signal) {
        int wanted = Math.toIntExact(Math.clamp((bytes + UNIT - 1) / UNIT, 0, units));
        if (!free.tryAcquire(wanted)) {
            await(wanted, deadline, signal);
        }
        return () -> free.release(wanted);
    }

    /// How many queries wait for memory now.
    public int waiting() {
        return mayWait - places.availablePermits();
    }

    /// The bytes that are reserved now.
    public long reservedBytes() {
        return (units - free.available()) * UNIT;
    }

    private void await(int wanted, Deadline deadline, StopSignal signal) {
        if (!places.tryAcquire()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED,
                    "the queries that run have reserved the memory, and as many wait for it as may; try again in a moment");
        }
        try {
            switch (free.acquire(wanted, deadline.remaining(), signal)) {
                case GRANTED -> {}
                case TIMED_OUT -> throw deadline.exceeded();
                case STOPPED ->
                    throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled while it waited for memory");
            }
        } finally {
            places.release();
        }
    }

    /// Reserved bytes.
    @FunctionalInterface
    interface Reservation extends AutoCloseable {

        @Override
        void close();
    }
}
