package io.duckfleet.coordinator.plan;

import io.duckfleet.common.statement.SelectStatement;
import java.util.Collections;
import java.util.Set;

/// Whether a statement reads the clock. The optimizer folds the clock into constants, and the adviser's
/// instant isn't the local query's: around midnight a pushed `day = current_date` would keep the wrong day.
final class TimeDependence {

    private static final Set<String> CLOCKS = Set.of(
            "age",
            "ago",
            "current_date",
            "current_localtime",
            "current_localtimestamp",
            "current_time",
            "current_timestamp",
            "get_current_time",
            "get_current_timestamp",
            "localtime",
            "localtimestamp",
            "now",
            "today",
            "transaction_timestamp");

    private TimeDependence() {}

    static boolean in(SelectStatement statement) {
        return !Collections.disjoint(CLOCKS, CalledNames.in(statement));
    }
}
