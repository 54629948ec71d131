package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import org.jspecify.annotations.Nullable;

/// What becomes of a batch in which some records can't be taken.
public enum OnError {
    /// Nothing goes in.
    ABORT,
    /// The others go in.
    REJECT;

    /// The choice that a request made with `?on_error=`; without one, `fallback`.
    ///
    /// @throws FleetException `invalid_request` for any other text
    static OnError parse(@Nullable String text, OnError fallback) {
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        return switch (text) {
            case "abort" -> ABORT;
            case "reject" -> REJECT;
            default ->
                throw FleetException.invalid("on_error", "abort or reject was expected, not \"%s\"".formatted(text));
        };
    }
}
