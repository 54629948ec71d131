package io.duckfleet.datanode.query;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Admission control: so many queries run at once, so many wait for their turn, all others are refused at once.
public final class Admission {

    private final Semaphore places;
    private final Semaphore turns;

    public Admission(int running, int waiting) {
        places = new Semaphore(running + waiting);
        turns = new Semaphore(running, true);
    }

    /// A turn, which the caller closes when the query is done.
    ///
    /// @throws FleetException `overloaded` when too many wait already, `deadline` when no turn comes within `patience`
    public Turn enter(Duration patience) {
        if (!places.tryAcquire()) {
            throw new FleetException(
                    ErrorCode.OVERLOADED, "as many queries run and wait here as may; try again in a moment");
        }
        if (!awaitTurn(patience)) {
            places.release();
            throw new FleetException(ErrorCode.DEADLINE, "the deadline has passed while the query waited for its turn");
        }
        return new Turn();
    }

    /// An interrupt counts as no turn: the server is stopping.
    private boolean awaitTurn(Duration patience) {
        try {
            return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The right to run one query.
    public final class Turn implements AutoCloseable {

        private Turn() {}

        @Override
        public void close() {
            turns.release();
            places.release();
        }
    }
}
