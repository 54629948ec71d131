package io.duckfleet.datanode.table;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How far a load is: `bytesRead` of `bytesTotal` bytes of the objects (0 of 0 before they were found) and
/// the rows that are in the table, since it began `elapsed` ago.
public record LoadProgress(long bytesRead, long bytesTotal, long rows, Duration elapsed) {

    /// Nothing yet.
    public static final LoadProgress NONE = new LoadProgress(0, 0, 0, Duration.ZERO);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MB = 1e6;
    private static final double PERCENT = 100.0;

    /// From 0 to 1; 0 before the objects were found.
    public double fraction() {
        return bytesTotal == 0 ? 0 : Math.min(1, (double) bytesRead / bytesTotal);
    }

    /// On the average since the load began.
    public long bytesPerSecond() {
        return elapsed.isZero() ? 0 : Math.round(bytesRead / (elapsed.toNanos() / NANOS_PER_SECOND));
    }

    /// If the rest takes as long as the part before; absent while nothing was read.
    public Optional<Duration> timeLeft() {
        long rate = bytesPerSecond();
        return rate == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(1_000.0 * Math.max(0, bytesTotal - bytesRead) / rate)));
    }

    /// For people: `42 % of 203.5 MB, 2,100,000 rows, 61.0 MB/s, 2 s left`.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f %% of %.1f MB, %,d rows, %.1f MB/s%s",
                PERCENT * fraction(),
                bytesTotal / BYTES_PER_MB,
                rows,
                bytesPerSecond() / BYTES_PER_MB,
                timeLeft().map(left -> ", " + left.toSeconds() + " s left").orElse(""));
    }
}
