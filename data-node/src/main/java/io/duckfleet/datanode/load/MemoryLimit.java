package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads DuckDB's memory limit, which it tells for people (`1.5 GiB`).
final class MemoryLimit {

    private static final Pattern SHAPE = Pattern.compile("([0-9.]+) (bytes|KiB|MiB|GiB|TiB|PiB)");
    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB");
    private static final double STEP = 1_024;

    private MemoryLimit() {}

    /// The limit of the session's instance in bytes, as exact as DuckDB tells it.
    static long of(Session session) {
        return parse(session.queryText("SELECT current_setting('memory_limit')"));
    }

    static long parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("DuckDB's memory limit \"%s\" can't be read".formatted(text));
        }
        return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(STEP, UNITS.indexOf(matcher.group(2))));
    }
}
