package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Admission control by bytes: before a query fetches, it reserves what its fragments may bring, waits while
/// others have that reserved, and is refused at once when too many wait already. A query that wants more than
/// there is in all gets all of it: it runs alone, and DuckDB spills. Thread-safe.
public final class MemoryReservations {

    private static final long UNIT = 1 << 20;

    private final int units;
    private final int mayWait;
    private final Semaphore free;
    private final Semaphore places;

    /// `bytes` to reserve in all, and how many queries may wait for some.
    public MemoryReservations(long bytes, int waiting) {
        units = Math.toIntExact(Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE));
        free = new Semaphore(units, true);
        mayWait = waiting;
        places = new Semaphore(waiting);
    }

    /// A reservation of `bytes`, given back when it is closed.
    ///
    /// @throws FleetException `overloaded` when too many wait already, `deadline` when nothing is free in
    /// time
    Reservation reserve(long bytes, Deadline deadline) {
        int wanted = Math.toIntExact(Math.clamp((bytes + UNIT - 1) / UNIT, 0, units));
        if (!free.tryAcquire(wanted)) {
            await(wanted, deadline);
        }
        return () -> free.release(wanted);
    }

    /// How many queries wait for memory now.
    public int waiting() {
        return mayWait - places.availablePermits();
    }

    /// The bytes that are reserved now.
    public long reservedBytes() {
        return (units - free.availablePermits()) * UNIT;
    }

    private void await(int wanted, Deadline deadline) {
        if (!places.tryAcquire()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED,
                    "the queries that run have reserved the memory, and as many wait for it as may; try again in a moment");
        }
        try {
            if (!free.tryAcquire(wanted, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.CANCELLED, "the query was cancelled", e);
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
