package io.duckfleet.sidecar.schema;

/// A record that can't be taken: its index in the batch from 0, the field at fault (`a.b` when nested,
/// empty for the record as a whole), and why.
public record RejectedRecord(int index, String field, String reason) {}
