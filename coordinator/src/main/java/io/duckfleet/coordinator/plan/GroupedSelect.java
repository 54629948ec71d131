package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// A SELECT in DuckDB's tree that reads one table, once, and groups its rows by columns. `groups` are the
/// keys, as references to columns; none for one group of all rows.
record GroupedSelect(JsonNode node, TableInFrom from, List<JsonNode> groups) {

    private static final Set<String> NOT_HERE =
            Set.of("SUBQUERY", "WINDOW", "LAMBDA", "LAMBDA_REF", "PARAMETER", "POSITIONAL_REFERENCE", "DEFAULT");

    GroupedSelect {
        groups = List.copyOf(groups);
    }

    /// The SELECT of the tree, if it is of that form.
    static Optional<GroupedSelect> of(JsonNode node, TableShape table) {
        boolean isPlain = node.path("type").asText().equals("SELECT_NODE")
                && node.path("cte_map").path("map").isEmpty()
                && isNothing(node.path("sample"))
                && isNothing(node.path("qualify"))
                && areOrderAndLimit(node.path("modifiers"))
                && node.findValuesAsText("class").stream().noneMatch(NOT_HERE::contains);
        if (!isPlain) {
            return Optional.empty();
        }
        return TableInFrom.of(node.path("from_table"), table)
                .flatMap(from -> new GroupedSelect(node, from, List.of())
                        .keys()
                        .map(groups -> new GroupedSelect(node, from, groups)));
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean areOrderAndLimit(JsonNode modifiers) {
        return StreamSupport.stream(modifiers.spliterator(), false)
                .map(modifier -> modifier.path("type").asText())
                .allMatch(type -> type.equals("ORDER_MODIFIER") || type.equals("LIMIT_MODIFIER"));
    }

    /// The keys, if each is a column whose equal values are the same, and there is one set of them.
    private Optional<List<JsonNode>> keys() {
        return switch (node.path("aggregate_handling").asText()) {
            case "STANDARD_HANDLING" -> node.path("group_sets").size() > 1 ? Optional.empty() : written();
            case "FORCE_AGGREGATES" -> allUnaggregated();
            default -> Optional.empty();
        };
    }

    private Optional<List<JsonNode>> written() {
        JsonNode expressions = node.path("group_expressions");
        if (expressions.size() != node.path("group_sets").path(0).size()) {
            return Optional.empty();
        }
        List<JsonNode> keys = new ArrayList<>();
        for (JsonNode expression : expressions) {
            keys.add(isOrdinal(expression) ? item(expression) : expression);
        }
        return plain(keys);
    }

    private static boolean isOrdinal(JsonNode expression) {
        return expression.path("class").asText().equals("CONSTANT");
    }

    private JsonNode item(JsonNode ordinal) {
        return node.path("select_list").path(ordinal.path("value").path("value").asInt() - 1);
    }

    /// `GROUP BY ALL`: what has no aggregate in it.
    private Optional<List<JsonNode>> allUnaggregated() {
        List<JsonNode> keys = new ArrayList<>();
        for (JsonNode item : node.path("select_list")) {
            if (item.path("class").asText().equals("COLUMN_REF")) {
                keys.add(item);
            } else if (item.findValues("function_name").isEmpty()) {
                return Optional.empty();
            }
        }
        return plain(keys);
    }

    private Optional<List<JsonNode>> plain(List<JsonNode> keys) {
        boolean arePlain = keys.stream()
                .allMatch(key -> columnOf(key)
                        .filter(column -> ExactTypes.isPlain(column.type()))
                        .isPresent());
        return arePlain ? Optional.of(keys) : Optional.empty();
    }

    /// The column of the table that an expression is, and nothing else.
    Optional<Column> columnOf(JsonNode expression) {
        return from.columnOf(expression);
    }

    /// Whether the bare name is one that the select list gives to something.
    boolean isGivenName(JsonNode expression) {
        JsonNode names = expression.path("column_names");
        return names.size() == 1
                && StreamSupport.stream(node.path("select_list").spliterator(), false)
                        .anyMatch(item -> item.path("alias")
                                .asText()
                                .equalsIgnoreCase(names.path(0).asText()));
    }
}
