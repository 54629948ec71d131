package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.statement.SelectStatement;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
        return statement.functions().stream().anyMatch(call -> CLOCKS.contains(call.name()))
                || bareNames(statement.tree()).anyMatch(name -> CLOCKS.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// `current_date` stands in the tree like a column.
    private static Stream<String> bareNames(JsonNode tree) {
        return tree.findValues("column_names").stream()
                .filter(parts -> parts.size() == 1)
                .flatMap(parts -> StreamSupport.stream(parts.spliterator(), false))
                .map(JsonNode::asText);
    }
}
