package io.duckfleet.benchmarks.harness;

import java.util.List;
import java.util.Locale;

/// Results as Markdown: a table and a chart for each race.
final class ResultsPage {

    private static final int BAR = 40;
    private static final String GROWTH = "12 growth";
    private static final double MEGABYTE = 1 << 20;

    /// Seconds below which more digits are shown.
    private static final double SHORT = 0.1;

    private ResultsPage() {}

    static String of(List<RaceResult> results) {
        StringBuilder page = new StringBuilder("""
                # Results

                Written by the benchmarks (see README.md). Times are medians of rounds in which all contenders took turns;
                what counts are the ratios. A *floor* is the bare engine's limit for the same bytes. A load average well
                above 0 means that the machine had other work beside the benchmark.
                """);
        results.forEach(result -> append(page, result));
        return page.append(GrowthChart.of(GROWTH, results)).toString();
    }

    private static void append(StringBuilder page, RaceResult result) {
        page.append("\n## ")
                .append(result.name())
                .append(", %,d %s".formatted(result.rows(), result.rows() == 1 ? "time" : "rows"))
                .append("\n\n")
                .append(result.work())
                .append("\n\n");
        page.append("| contender | role | median s | rows/s | spread | peak MB | ours is |\n");
        page.append("|---|---|---:|---:|---:|---:|---:|\n");
        result.contenders().forEach(contender -> page.append(row(result, contender)));
        page.append("\n```text\n");
        double fastest = result.contenders().stream()
                .mapToDouble(ContenderResult::medianSeconds)
                .min()
                .orElse(1);
        result.contenders().forEach(contender -> page.append(bar(result, contender, fastest)));
        page.append("```\n\n").append(circumstances(result)).append('\n');
    }

    private static String row(RaceResult result, ContenderResult contender) {
        return "| %s | %s | %s | %s | %.2f | %s | %s |\n"
                .formatted(
                        contender.name(),
                        contender.role().name().toLowerCase(Locale.ROOT),
                        seconds(contender),
                        result.rows() == 1 ? "-" : "%,.0f".formatted(rate(result, contender)),
                        contender.spread(),
                        contender.peakBytes() == 0 ? "-" : "%.0f".formatted(contender.peakBytes() / MEGABYTE),
                        contender.equals(result.ours())
                                ? "-"
                                : "%.2f x as fast".formatted(result.speedUpOver(contender)));
    }

    private static String bar(RaceResult result, ContenderResult contender, double fastest) {
        int length = (int) Math.max(1, Math.round(BAR * fastest / contender.medianSeconds()));
        return "%-28s %-40s %s\n".formatted(contender.name(), "█".repeat(length), speed(result, contender));
    }

    private static String speed(RaceResult result, ContenderResult contender) {
        return result.rows() == 1
                ? "%10s s".formatted(seconds(contender))
                : "%,12.0f rows/s".formatted(rate(result, contender));
    }

    private static String seconds(ContenderResult contender) {
        String format = contender.medianSeconds() < SHORT ? "%.5f" : "%.3f";
        return format.formatted(contender.medianSeconds());
    }

    private static double rate(RaceResult result, ContenderResult contender) {
        return result.rows() / contender.medianSeconds();
    }

    private static String circumstances(RaceResult result) {
        Machine machine = result.machine();
        return "%,d rows, %d rounds, %s, commit %s; %s, %d cores, %.0f GB, %s, JVM %s; load average before: %.1f."
                .formatted(
                        result.rows(),
                        result.ours().seconds().size(),
                        result.measuredAt(),
                        result.commit(),
                        machine.processor(),
                        machine.cores(),
                        machine.memoryBytes() / MEGABYTE / 1024,
                        machine.system(),
                        machine.java(),
                        machine.loadAverage());
    }
}
