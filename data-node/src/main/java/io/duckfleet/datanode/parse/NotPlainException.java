package io.duckfleet.datanode.parse;

/// A record that only DuckDB's own reader may judge. It has no stack trace: it is thrown in the midst of a
/// hot loop, and says all by its type.
final class NotPlainException extends Exception {

    private static final long serialVersionUID = 1;

    NotPlainException() {
        super("only DuckDB's own reader may judge this", null, false, false);
    }
}
