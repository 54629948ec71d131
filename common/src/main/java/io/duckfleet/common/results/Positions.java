package io.duckfleet.common.results;

import io.duckfleet.common.errors.FleetException;
import java.util.function.LongSupplier;

/// Tells positions of errors in the caller's statement, where that is run inside another one.
final class Positions {

    private static final String POSITION = "position";

    private Positions() {}

    /// Does `work`, which runs the statement behind a text of `prefix` characters.
    static long shifted(int prefix, LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (FleetException e) {
            throw e.extensions().get(POSITION) instanceof Integer position && position >= prefix
                    ? e.with(POSITION, position - prefix)
                    : e;
        }
    }
}
