package io.duckfleet.benchmarks.harness;

import java.util.List;

/// A contender's rounds. `peakBytes` is the greatest of all rounds, 0 where it isn't known.
public record ContenderResult(String name, Role role, List<Double> seconds, long peakBytes) {

    public ContenderResult {
        seconds = List.copyOf(seconds);
    }

    static ContenderResult of(Contender contender, List<Measurement> rounds) {
        return new ContenderResult(
                contender.name(),
                contender.role(),
                rounds.stream().map(round -> round.time().toNanos() / 1e9).toList(),
                rounds.stream()
                        .mapToLong(round -> round.peakBytes().orElse(0))
                        .max()
                        .orElse(0));
    }

    /// The median of the rounds' times.
    public double medianSeconds() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// How far the rounds spread: slowest by fastest.
    public double spread() {
        double fastest = seconds.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double slowest = seconds.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return slowest / fastest;
    }
}
