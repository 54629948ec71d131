package io.duckfleet.coordinator.plan;

import io.duckfleet.coordinator.plan.PlanNode.LakeScan;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.ShapeOnly;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import java.util.stream.Collectors;

/// A plan as text, a line a node, for people and for tests.
public final class PlanPrinter {

    private PlanPrinter() {}

    public static String print(LocalQuery query) {
        return query.inputs().stream()
                .map(input -> "  " + line(input) + "\n")
                .collect(Collectors.joining("", "local query\n", combination(query)));
    }

    private static String combination(LocalQuery query) {
        boolean combines = query.inputs().stream()
                .anyMatch(input -> input instanceof QueryFragment fragment && fragment.isOfShards());
        return combines ? "  combined by " + query.statement().sql() + "\n" : "";
    }

    private static String line(QueryFragment fragment) {
        String where = fragment.isOfShards() ? "groups at the shards of " : "whole query at the node of ";
        return fragment.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", where + fragment.names() + " [", "]"));
    }

    private static String line(PlanNode node) {
        return switch (node) {
            case TableFragment fragment -> line(fragment);
            case QueryFragment fragment -> line(fragment);
            case LakeScan scan -> "lake scan " + scan.table().name();
            case ShapeOnly shape -> "shape of " + shape.table().name();
            case LocalQuery query -> print(query);
        };
    }

    private static String line(TableFragment fragment) {
        String columns = fragment.columns().size() == fragment.table().columns().size()
                ? "*"
                : fragment.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        String filter = fragment.filter()
                .map(predicate -> " where " + predicate.toSql())
                .orElse("");
        String limit =
                fragment.limit().isPresent() ? " limit " + fragment.limit().getAsLong() : "";
        String semiJoins = fragment.semiJoins().isEmpty()
                ? ""
                : fragment.semiJoins().stream()
                        .map(SemiJoin::toString)
                        .collect(Collectors.joining(", ", " reducible: ", ""));
        return "fragment %s [%s]%s%s%s".formatted(fragment.table().name(), columns, filter, limit, semiJoins);
    }
}
