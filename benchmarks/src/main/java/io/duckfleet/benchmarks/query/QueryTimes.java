package io.duckfleet.benchmarks.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each query took each contender, for people who look for what is slow.
final class QueryTimes {

    private static final double NANOS_PER_MS = 1e6;

    private final Map<String, Map<Integer, List<Long>>> nanos = new LinkedHashMap<>();

    void add(String contender, int query, Duration time) {
        nanos.computeIfAbsent(contender, _ -> new LinkedHashMap<>())
                .computeIfAbsent(query, _ -> new ArrayList<>())
                .add(time.toNanos());
    }

    /// Medians in milliseconds, a line for each query.
    String table() {
        StringBuilder table = new StringBuilder("%8s".formatted("query"));
        nanos.keySet().forEach(contender -> table.append("%20s".formatted(contender)));
        table.append('\n');
        List<Integer> queries = nanos.values().stream()
                .flatMap(times -> times.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        for (int query : queries) {
            table.append("%8d".formatted(query));
            nanos.values()
                    .forEach(times ->
                            table.append("%17.1f ms".formatted(median(times.getOrDefault(query, List.of())))));
            table.append('\n');
        }
        return table.toString();
    }

    private static double median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElse(0L) / NANOS_PER_MS;
    }
}
