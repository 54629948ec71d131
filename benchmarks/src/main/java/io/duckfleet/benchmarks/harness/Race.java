package io.duckfleet.benchmarks.harness;

import java.util.List;

/// Contenders that do the same work of `rows` rows. `name` is unique and stays the same from run to run.
public record Race(String name, String work, long rows, List<Contender> contenders) {

    public Race {
        contenders = List.copyOf(contenders);
        if (contenders.stream().noneMatch(contender -> contender.role() == Role.OURS)) {
            throw new IllegalArgumentException("nobody runs for us in " + name);
        }
    }
}
