package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// What keeps an answer from having many more rows than the tables that it is made of, as far as the plan's
/// operators tell: joins, UNNEST and recursion may multiply rows, what aggregates or limits them makes few of
/// many.
enum AnswerBound {

    /// The answer has no more rows than the tables.
    TABLES(""),

    /// The same but for joins by equality, most of which meet on a key.
    TABLES_AND_EQUALITY("HASH_JOIN"),

    /// The answer has one row.
    ONE_ROW("") {
        @Override
        boolean holdsFor(JsonNode operator) {
            return isOneRow(operator);
        }
    };

    private static final Set<String> MAKES_FEW = Set.of(
            "HASH_GROUP_BY",
            "LIMIT",
            "PARTITIONED_AGGREGATE",
            "PERFECT_HASH_GROUP_BY",
            "STREAMING_LIMIT",
            "TOP_N",
            "UNGROUPED_AGGREGATE");

    private static final Set<String> KEEPS = Set.of(
            "COLUMN_DATA_SCAN",
            "DUMMY_SCAN",
            "EMPTY_RESULT",
            "FILTER",
            "ORDER_BY",
            "PROJECTION",
            "SEQ_SCAN",
            "STREAMING_WINDOW",
            "UNION",
            "WINDOW");

    /// Joins that give each row of one side once at most.
    private static final Set<String> KEEPING_JOINS =
            Set.of("ANTI", "MARK", "RIGHT_ANTI", "RIGHT_SEMI", "SEMI", "SINGLE");

    private final String keepsToo;

    AnswerBound(String keepsToo) {
        this.keepsToo = keepsToo;
    }

    boolean holdsFor(JsonNode operator) {
        String name = operator.path("name").asText().strip();
        if (MAKES_FEW.contains(name)) {
            return true;
        }
        if (name.equals("UNNEST")) {
            return isOneRow(operator.path("children").path(0));
        }
        boolean keeps = KEEPS.contains(name)
                || keepsToo.equals(name)
                || KEEPING_JOINS.contains(
                        operator.path("extra_info").path("Join Type").asText());
        if (!keeps) {
            return false;
        }
        for (JsonNode child : operator.path("children")) {
            if (!holdsFor(child)) {
                return false;
            }
        }
        return true;
    }

    /// One row of aggregates, whose lists hold values of the tables' rows: `SUMMARIZE` is made that way.
    private static boolean isOneRow(JsonNode operator) {
        return switch (operator.path("name").asText().strip()) {
            case "UNGROUPED_AGGREGATE" -> true;
            case "HASH_GROUP_BY" -> isWithoutGroups(operator.path("extra_info").path("Groups"));
            case "PROJECTION" -> isOneRow(operator.path("children").path(0));
            default -> false;
        };
    }

    private static boolean isWithoutGroups(JsonNode groups) {
        return !groups.isArray() && groups.asText().isEmpty();
    }
}
