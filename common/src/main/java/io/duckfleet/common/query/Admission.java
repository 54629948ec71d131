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
    public Turn enter(Duration patience, StopSignal signal) {
        if (!places.tryAcquire()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED, "as many queries run and wait here as may; try again in a moment");
        }
        FairPermits.Outcome outcome = turns.acquire(1, patience, signal);
        if (outcome != FairPermits.Outcome.GRANTED) {
            places.release();
            throw outcome == FairPermits.Outcome.STOPPED
                    ? new FleetException(ErrorCode.CANCELLED, "the query was cancelled while it waited for its turn")
                    : new FleetException(
                            ErrorCode.DEADLINE, "the deadline has passed while the query waited for its turn");
        }
        return new Turn();
    }

    /// The right to run one query.
    public final class Turn implements AutoCloseable {

        private Turn() {}

        @Override
        public void close() {
            turns.release(1);
            places.release();
        }
    }
}
