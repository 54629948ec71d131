package io.duckfleet.datanode.query;

/// What becomes of a request for rows.
public sealed interface Outcome permits Answer, Outcome.Unchanged {

    /// The caller has the answer already.
    record Unchanged(ResultTag tag) implements Outcome {}
}
