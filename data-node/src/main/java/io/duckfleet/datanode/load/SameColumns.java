package io.duckfleet.datanode.load;

import java.util.List;
import java.util.Set;

/// Checks that objects which become one table have the same columns.
final class SameColumns {

    private static final int MOST_NAMES = 20;

    private SameColumns() {}

    /// @throws LoadException if they differ by more than their order
    static void require(ObjectVersion first, List<String> expected, ObjectVersion other, List<String> found) {
        if (!Set.copyOf(expected).equals(Set.copyOf(found))) {
            throw new LoadException(
                    "%s has the columns %s, but %s has %s; load them apart, or with --option union_by_name=true"
                            .formatted(other.location(), names(found), first.location(), names(expected)));
        }
    }

    private static String names(List<String> columns) {
        String some = String.join(", ", columns.stream().limit(MOST_NAMES).toList());
        return columns.size() > MOST_NAMES ? "(%s, .. %d in all)".formatted(some, columns.size()) : "(" + some + ")";
    }
}
