package io.duckfleet.benchmarks.harness;

/// What a contender is: Duckfleet, what users would take instead, or the bare engine's limit for the same
/// bytes.
public enum Role {
    OURS,
    PEER,
    FLOOR
}
