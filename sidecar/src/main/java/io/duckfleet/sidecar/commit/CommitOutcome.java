package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.schema.TableSchema;

/// What the committer says of a batch that it could look at; failures come as exceptions.
public sealed interface CommitOutcome {

    /// The records are in the lake, visible to every reader.
    record Committed(Receipt receipt) implements CommitOutcome {}

    /// Some record doesn't fit into the table as it was then; nothing of the batch is in the lake.
    record Conflicting(TableSchema table) implements CommitOutcome {}
}
