package io.duckfleet.benchmarks.harness;

import java.util.List;

/// A race that was run: when, at which commit, on which machine, under which load, and how each contender
/// did.
public record RaceResult(
        String name,
        String work,
        long rows,
        String measuredAt,
        String commit,
        Machine machine,
        List<ContenderResult> contenders) {

    public RaceResult {
        contenders = List.copyOf(contenders);
    }

    /// Ours.
    public ContenderResult ours() {
        return contenders.stream()
                .filter(result -> result.role() == Role.OURS)
                .findFirst()
                .orElseThrow();
    }

    /// How many times as fast ours is as `other`.
    public double speedUpOver(ContenderResult other) {
        return other.medianSeconds() / ours().medianSeconds();
    }
}
