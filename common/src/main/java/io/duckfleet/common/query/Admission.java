package io.duckfleet.common.query;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Admission control: so many queries run at once, so many wait for their turn, all others are refused at
/// once.
public final class Admission {

    private final Semaphore places;
    private final FairPermits turns;

    public Admission(int running, int waiting) {
        places = new Semaphore(running + waiting);
        turns = new FairPermits(running);
    }

    /// A turn, which the caller closes when the query is done. `signal` ends the waiting for it; afterwards
    /// it stops nothing.
    ///
    /// @throws FleetException `overloaded` when too many wait already, `deadline` when no turn comes within
    /// `patience`, `cancelled` when the query is stopped before
    public Place enter(Duration patience, StopSignal signal) {
        Place place = enter();
        try {
            place.awaitTurn(patience, signal);
            return place;
        } catch (RuntimeException | Error e) {
            place.close();
            throw e;
        }
    }

    /// A place among those who wait, which the caller closes when the query is done.
    ///
    /// @throws FleetException `overloaded` when too many wait already
    public Place enter() {
        if (!places.tryAcquire()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED, "as many queries run and wait here as may; try again in a moment");
        }
        return new Place();
    }

    /// The right to wait for a turn, and to run one query then. For one thread.
    public final class Place implements AutoCloseable {

        private boolean hasTurn;

        private Place() {}

        /// Waits for the turn. `signal` ends the waiting; afterwards it stops nothing.
        ///
        /// @throws FleetException `deadline` when no turn comes within `patience`, `cancelled` when the query
        /// is stopped before
        public void awaitTurn(Duration patience, StopSignal signal) {
            hasTurn = switch (turns.acquire(1, patience, signal)) {
                case GRANTED -> true;
                case TIMED_OUT ->
                    throw new FleetException(
                            ErrorCode.DEADLINE, "the deadline has passed while the query waited for its turn");
                case STOPPED ->
                    throw new FleetException(
                            ErrorCode.CANCELLED, "the query was cancelled while it waited for its turn");
            };
        }

        @Override
        public void close() {
            if (hasTurn) {
                turns.release(1);
            }
            places.release();
        }
    }
}
