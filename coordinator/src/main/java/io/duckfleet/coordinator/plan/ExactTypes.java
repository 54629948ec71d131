package io.duckfleet.coordinator.plan;

import java.util.regex.Pattern;

/// Which types' values come over unchanged, and of which ones equal values are the same.
final class ExactTypes {

    private static final Pattern TRAVEL = Pattern.compile(
            "(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(\\d+, ?\\d+\\)|VARCHAR|BLOB|UUID|DATE|TIME"
                    + "|TIMESTAMP|TIMESTAMP WITH TIME ZONE)(\\[])*|U?HUGEINT|INTERVAL");

    /// Not floating point numbers, as 0.0 = -0.0, nor intervals, as 30 days = 1 month.
    private static final Pattern PLAIN = Pattern.compile(
            "BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL\\(\\d+, ?\\d+\\)|VARCHAR|BLOB|UUID|DATE|TIME|TIMESTAMP"
                    + "|TIMESTAMP WITH TIME ZONE");

    /// Wider numbers may overflow in one order and not in another.
    private static final Pattern SUMMABLE =
            Pattern.compile("U?(TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL\\((\\d|1[0-8]), ?\\d+\\)");

    private ExactTypes() {}

    /// Whether values come from a node as they are there.
    static boolean travel(String type) {
        return TRAVEL.matcher(type).matches();
    }

    /// Whether values that compare as equal can't be told apart.
    static boolean isPlain(String type) {
        return PLAIN.matcher(type).matches();
    }

    /// Whether a sum is the same in any order and grouping.
    static boolean isSummable(String type) {
        return SUMMABLE.matcher(type).matches();
    }
}
