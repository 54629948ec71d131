package io.duckfleet.sidecar.schema;

import io.duckfleet.common.errors.FleetException;
import org.jspecify.annotations.Nullable;

/// What becomes of values that an existing column can't hold without loss.
public enum OnConflict {
    /// Their records are rejected.
    CAST,
    /// The column is widened to hold both: scalars as text, anything else as JSON.
    PROMOTE;

    /// The choice that a request made with `?on_conflict=`; without one, [#CAST].
    ///
    /// @throws FleetException `invalid_request` for any other text
    public static OnConflict parse(@Nullable String text) {
        return switch (text) {
            case null -> CAST;
            case "", "cast" -> CAST;
            case "promote" -> PROMOTE;
            default ->
                throw FleetException.invalid("on_conflict", "cast or promote was expected, not \"%s\"".formatted(text));
        };
    }
}
