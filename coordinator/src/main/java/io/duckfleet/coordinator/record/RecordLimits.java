package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.FleetException;
import java.util.Optional;

/// How many records are given: `standard` when nothing is asked for, `most` at most.
public record RecordLimits(int standard, int most) {

    private static final String FIELD = "limit";

    public RecordLimits {
        if (standard < 0 || most < standard) {
            throw new IllegalArgumentException(
                    "default-limit %d must be between 0 and max-query-results, which is %d".formatted(standard, most));
        }
    }

    /// The limit that is asked for, checked.
    ///
    /// @throws FleetException `invalid_request` if it is negative or too large
    long orStandard(Optional<Long> asked) {
        asked.ifPresent(this::check);
        return asked.orElse((long) standard);
    }

    /// Makes sure that `limit` may be asked for.
    ///
    /// @throws FleetException `invalid_request` if not
    void check(long limit) {
        if (limit < 0 || limit > most) {
            throw FleetException.invalid(FIELD, "0 to %d was expected, it is %d".formatted(most, limit));
        }
    }
}
