package io.duckfleet.coordinator.history;

import java.util.Locale;

/// How far a query is.
public enum QueryState {
    QUEUED,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED;

    /// The name on the wire, such as `running`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
