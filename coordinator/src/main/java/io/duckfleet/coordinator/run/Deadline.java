package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.time.Duration;

/// The moment at which everything that a query does must have ended, by the clock that only goes forward.
public record Deadline(long endNanos, Duration length) {

    public static Deadline in(Duration length) {
        return new Deadline(System.nanoTime() + length.toNanos(), length);
    }

    /// The time that is left, zero when it has passed.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    public boolean hasPassed() {
        return remaining().isZero();
    }

    /// The deadline of one of `parts` equal parts of the time that is left.
    public Deadline share(int parts) {
        return new Deadline(System.nanoTime() + remaining().toNanos() / parts, length);
    }

    /// The error for what didn't end in time.
    public FleetException exceeded() {
        return new FleetException(
                ErrorCode.DEADLINE,
                "the query took longer than its %d ms; ask for less, or for more time with timeout_ms"
                        .formatted(length.toMillis()));
    }
}
