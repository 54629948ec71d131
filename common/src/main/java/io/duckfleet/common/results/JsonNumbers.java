package io.duckfleet.common.results;

import java.util.Optional;

/// How JSON shows numbers that a double can't hold: as numbers all the same, or (`?numbers=safe`) as texts,
/// for readers such as browsers.
public enum JsonNumbers {
    PLAIN,
    SAFE;

    /// The choice of a request's `numbers` parameter.
    public static JsonNumbers of(Optional<String> parameter) {
        return parameter.filter("safe"::equalsIgnoreCase).isPresent() ? SAFE : PLAIN;
    }
}
