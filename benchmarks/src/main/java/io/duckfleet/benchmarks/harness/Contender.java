package io.duckfleet.benchmarks.harness;

/// One way to do the work. Each call of `run` does all of it once, and leaves no trace that would help the
/// next.
public record Contender(String name, Role role, Run run) {

    /// Does the work once and tells what it took.
    @FunctionalInterface
    public interface Run {
        Measurement once() throws Exception;
    }
}
