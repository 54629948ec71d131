package io.duckfleet.coordinator.run;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// A line of the log for each query that takes longer than it should, with the figures of EXPLAIN ANALYZE.
public final class SlowQueryLog {

    private static final Logger LOG = Logger.getLogger(SlowQueryLog.class);
    private static final int LONGEST_TEXT = 2_000;
    private static final double NANOS_PER_MS = 1e6;

    private final Duration threshold;
    private final FetchSizes sizes;

    SlowQueryLog(Duration threshold, FetchSizes sizes) {
        this.threshold = threshold;
        this.sizes = sizes;
    }

    /// Tells of queries of `threshold` and more; `estimate` is what was expected of them.
    public static SlowQueryLog of(Duration threshold, FetchEstimate estimate) {
        return new SlowQueryLog(threshold, estimate);
    }

    /// The result of the query is there, `took` after it began.
    void told(QueryTask task, List<FetchedFragment> fetched, Duration took) {
        if (took.compareTo(threshold) >= 0) {
            LOG.warn(line(task.entry().id(), task.request().sql(), fetched, took));
        }
    }

    String line(String id, String sql, List<FetchedFragment> fetched, Duration took) {
        String text = sql.strip().replaceAll("\\s+", " ");
        return "slow query %s: %d ms; %s%s"
                .formatted(
                        id,
                        took.toMillis(),
                        fetched.stream().map(this::told).collect(Collectors.joining()),
                        text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " .." : text);
    }

    private String told(FetchedFragment fetched) {
        return "%s at %s: %d rows (about %.0f expected), %d bytes, %.1f ms%s%s; "
                .formatted(
                        fetched.fragment().table().name(),
                        fetched.node(),
                        fetched.rows(),
                        sizes.rows(fetched.fragment()),
                        fetched.bytes(),
                        fetched.duration().toNanos() / NANOS_PER_MS,
                        fetched.isCached() ? ", cached" : "",
                        fetched.part().filters().stream()
                                .map(filter -> ", semi-join of %s, %s".formatted(filter.semiJoin(), filter.told()))
                                .collect(Collectors.joining()));
    }
}
