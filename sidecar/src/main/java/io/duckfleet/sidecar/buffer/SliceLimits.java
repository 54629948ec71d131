package io.duckfleet.sidecar.buffer;

/// How much of a table goes into the lake as one batch: records, bytes of them, and records with a caller's
/// key.
record SliceLimits(long rows, long bytes, long keys) {}
