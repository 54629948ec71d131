package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The aggregates of which that of a union is made of those of its parts, exactly and in any order: what they
/// are called in DuckDB's tree, of which types they may be, and how parts are combined.
enum CombinableAggregate {
    COUNT_STAR("count_star", Argument.NONE, "CAST(sum(%s) AS BIGINT)"),
    COUNT("count", Argument.ANY, "CAST(sum(%s) AS BIGINT)"),
    SUM("sum", Argument.SUMMABLE, "sum(%s)"),
    MIN("min", Argument.PLAIN, "min(%s)"),
    MAX("max", Argument.PLAIN, "max(%s)"),
    BOOL_AND("bool_and", Argument.BOOLEAN, "bool_and(%s)"),
    BOOL_OR("bool_or", Argument.BOOLEAN, "bool_or(%s)");

    /// The columns that it may be given.
    private enum Argument {
        NONE,
        ANY,
        SUMMABLE,
        PLAIN,
        BOOLEAN;

        private boolean allows(String type) {
            return switch (this) {
                case NONE -> false;
                case ANY -> true;
                case SUMMABLE -> ExactTypes.isSummable(type);
                case PLAIN -> ExactTypes.isPlain(type);
                case BOOLEAN -> type.equals("BOOLEAN");
            };
        }
    }

    private final String function;
    private final Argument argument;
    private final String combination;

    CombinableAggregate(String function, Argument argument, String combination) {
        this.function = function;
        this.argument = argument;
        this.combination = combination;
    }

    /// The aggregate that a call in DuckDB's tree is. It may have a FILTER; with DISTINCT or an order it is
    /// none.
    static Optional<CombinableAggregate> of(JsonNode call) {
        String name = call.path("function_name").asText().toLowerCase(Locale.ROOT);
        boolean isPlain = !call.path("distinct").asBoolean()
                && call.path("order_bys").path("orders").isEmpty()
                && !call.path("export_state").asBoolean()
                && call.path("schema").asText().isEmpty();
        return Arrays.stream(values())
                .filter(aggregate -> isPlain && aggregate.function.equals(name))
                .filter(aggregate -> call.path("children").size() == (aggregate.takesColumn() ? 1 : 0))
                .findFirst();
    }

    boolean takesColumn() {
        return argument != Argument.NONE;
    }

    boolean allows(String type) {
        return argument.allows(type);
    }

    /// The aggregate of all parts, whose own aggregates are in `column`.
    String combined(String column) {
        return combination.formatted(column);
    }
}
