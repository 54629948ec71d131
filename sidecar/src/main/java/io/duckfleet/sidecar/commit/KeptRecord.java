package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.schema.RejectedRecord;

/// A record that was left out of its batch, with its text as it came: what is put into [RejectedTable].
public record KeptRecord(RejectedRecord rejection, String text) {}
