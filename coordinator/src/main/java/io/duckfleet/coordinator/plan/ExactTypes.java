package io.duckfleet.coordinator.plan;

import java.util.regex.Pattern;

/// Which types' values come over unchanged.
final class ExactTypes {

    private static final Pattern TRAVEL = Pattern.compile(
            "(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(\\d+, ?\\d+\\)|VARCHAR|BLOB|UUID|DATE|TIME"
                    + "|TIMESTAMP|TIMESTAMP WITH TIME ZONE)(\\[])*|U?HUGEINT|INTERVAL");

    private ExactTypes() {}

    /// Whether values come from a node as they are there.
    static boolean travel(String type) {
        return TRAVEL.matcher(type).matches();
    }
}
