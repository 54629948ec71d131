package io.duckfleet.benchmarks.harness;

import java.util.Comparator;
import java.util.List;

/// How time and memory grow from race to race, beside the floor's time.
final class GrowthChart {

    private static final int BAR = 40;
    private static final double MEGABYTE = 1 << 20;
    private static final double MICROS = 1e6;

    private static final Comparator<RaceResult> BY_ROWS_THEN_NODES = Comparator.<RaceResult, Boolean>comparing(
                    race -> race.name().contains("node"))
            .thenComparingLong(RaceResult::rows);

    private GrowthChart() {}

    /// The chart of those of `results` whose names begin with `name`; nothing if there are none.
    static String of(String name, List<RaceResult> results) {
        List<RaceResult> races = results.stream()
                .filter(result -> result.name().startsWith(name))
                .sorted(BY_ROWS_THEN_NODES)
                .toList();
        if (races.isEmpty()) {
            return "";
        }
        StringBuilder chart = new StringBuilder("\n## %s, together\n\n```text\n".formatted(name));
        chart.append(
                "%-28s %10s %9s %11s %8s %9s\n".formatted("", "seconds", "x floor", "us/1000 rows", "peak MB", ""));
        double slowest = races.stream()
                .mapToDouble(race -> race.ours().medianSeconds())
                .max()
                .orElse(1);
        races.forEach(race -> chart.append(line(name, race, slowest)));
        return chart.append("```\n").toString();
    }

    private static String line(String name, RaceResult race, double slowest) {
        double seconds = race.ours().medianSeconds();
        double floor = race.contenders().stream()
                .filter(contender -> contender.role() == Role.FLOOR)
                .mapToDouble(ContenderResult::medianSeconds)
                .findFirst()
                .orElse(seconds);
        return "%-28s %10.4f %9.2f %12.2f %8.0f  %s\n"
                .formatted(
                        race.name().substring(name.length()).replaceFirst("^, ", ""),
                        seconds,
                        seconds / floor,
                        seconds * MICROS / race.rows() * 1000,
                        race.ours().peakBytes() / MEGABYTE,
                        "█".repeat((int) Math.max(1, Math.round(BAR * seconds / slowest))));
    }
}
