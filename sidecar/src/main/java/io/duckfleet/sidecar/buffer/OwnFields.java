package io.duckfleet.sidecar.buffer;

/// Which of the fields that the buffer fills in a record has itself, be it with null.
enum OwnFields {
    /// Neither `partition_date` nor `ingested_at`, as nearly all records.
    NONE,
    /// At least one of them.
    SOME
}
