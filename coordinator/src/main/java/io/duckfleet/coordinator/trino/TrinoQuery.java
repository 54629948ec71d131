package io.duckfleet.coordinator.trino;

import java.time.Duration;
import java.util.OptionalLong;

/// What Trino is asked: the caller's text, what is to be told of it, at most how many rows, and within which
/// time.
public record TrinoQuery(String sql, Wanted wanted, OptionalLong limit, Duration within) {

    /// What a query may be sent for.
    public enum Wanted {
        ROWS(""),
        PLAN("EXPLAIN "),
        ANALYZED_PLAN("EXPLAIN ANALYZE ");

        private final String prefix;

        Wanted(String prefix) {
            this.prefix = prefix;
        }

        /// What is put in front of the statement.
        String prefix() {
            return prefix;
        }
    }
}
