package io.duckfleet.sidecar.schema;

/// What one JSON value is, seen alone, as finely as the choice of a column's type needs it. `null` is no
/// kind: it fits everywhere.
enum ValueKind {
    BOOL,
    /// An integer that a DOUBLE holds exactly: at most 2^53 in magnitude.
    INT,
    /// Any other integer of 64 bits.
    LONG,
    /// An integer beyond 64 bits.
    HUGE_INT,
    /// A number with a fraction or an exponent whose value is an integer of at most 2^53 in magnitude, such
    /// as `3.0`.
    WHOLE_FLOAT,
    /// Another number that a DOUBLE holds.
    FLOAT,
    /// A number with more digits than a DOUBLE holds, or out of its range.
    INEXACT_FLOAT,
    TEXT,
    /// An integer of at most 15 digits as its canonical text, such as `"42"`, not `"007"`.
    INT_TEXT,
    DATE_TEXT,
    TIMESTAMP_TEXT,
    TIMESTAMPTZ_TEXT,
    EMPTY_OBJECT,
    OBJECT,
    EMPTY_ARRAY,
    ARRAY
}
