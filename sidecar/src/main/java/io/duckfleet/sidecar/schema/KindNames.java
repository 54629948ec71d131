package io.duckfleet.sidecar.schema;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Kinds as words for people.
final class KindNames {

    private KindNames() {}

    /// Such as `text` or `a number with a fraction and an object`.
    static String describe(Kinds kinds) {
        return Arrays.stream(ValueKind.values())
                .filter(kinds::contains)
                .map(KindNames::word)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static String word(ValueKind kind) {
        return switch (kind) {
            case BOOL -> "a boolean";
            case INT -> "an integer";
            case LONG -> "an integer beyond 2^53";
            case HUGE_INT -> "an integer beyond 64 bits";
            case WHOLE_FLOAT, FLOAT -> "a number with a fraction";
            case INEXACT_FLOAT -> "a number with more digits than a double holds";
            case TEXT, INT_TEXT -> "text";
            case DATE_TEXT -> "a date";
            case TIMESTAMP_TEXT -> "a timestamp";
            case TIMESTAMPTZ_TEXT -> "a timestamp with a zone";
            case EMPTY_OBJECT, OBJECT -> "an object";
            case EMPTY_ARRAY, ARRAY -> "an array";
        };
    }
}
