package io.duckfleet.benchmarks.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs races: everybody warms up, then everybody runs once a round, each round begun by another contender,
/// so that a slow minute of the machine hits all alike.
public final class Rounds {

    private final int warmUps;
    private final Duration warmUpTime;
    private final int rounds;
    private final String commit;
    private final PrintStream progress;

    /// Each contender warms up `warmUps` times, and until `warmUpTime` has passed: a JVM compiles what it runs
    /// often, so a service that answers in milliseconds needs more runs than a load of seconds.
    public Rounds(int warmUps, Duration warmUpTime, int rounds, String commit, PrintStream progress) {
        this.warmUps = warmUps;
        this.warmUpTime = warmUpTime;
        this.rounds = rounds;
        this.commit = commit;
        this.progress = progress;
    }

    public RaceResult run(Race race) throws Exception {
        progress.printf("%s (%,d rows): %d rounds%n", race.name(), race.rows(), rounds);
        Machine machine = Machine.current();
        for (Contender contender : race.contenders()) {
            warmUp(contender);
        }
        Map<Contender, List<Measurement>> measured = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (Contender contender : rotated(race.contenders(), i)) {
                measured.computeIfAbsent(contender, first -> new ArrayList<>())
                        .add(runOnce(contender, "round " + (i + 1)));
            }
        }
        return new RaceResult(
                race.name(),
                race.work(),
                race.rows(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                commit,
                machine,
                measured.entrySet().stream()
                        .map(entry -> ContenderResult.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private void warmUp(Contender contender) throws Exception {
        long end = System.nanoTime() + warmUpTime.toNanos();
        int times = 0;
        while (times < warmUps || (warmUps > 0 && System.nanoTime() < end)) {
            contender.run().once();
            times++;
        }
        progress.printf("  %-10s %-28s %8d x%n", "warm-up", contender.name(), times);
    }

    private Measurement runOnce(Contender contender, String which) throws Exception {
        Measurement measurement = contender.run().once();
        progress.printf(
                "  %-10s %-28s %8.3f s%n",
                which, contender.name(), measurement.time().toNanos() / 1e9);
        return measurement;
    }

    private static List<Contender> rotated(List<Contender> contenders, int by) {
        List<Contender> order = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            order.add(contenders.get((i + by) % contenders.size()));
        }
        return order;
    }
}
