package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.statement.StatementReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Trees of DuckDB's parser that are taken apart and put together anew. Trees that are given aren't changed.
final class StatementTrees {

    private StatementTrees() {}

    /// The tree of one SELECT, which the caller may change.
    static JsonNode select(Session session, String sql) {
        return StatementReader.read(session, sql).tree().path("node").deepCopy();
    }

    /// The tree of one expression.
    static JsonNode expression(Session session, String sql) {
        return select(session, "SELECT " + sql).path("select_list").path(0);
    }

    /// The elements of a list of the tree.
    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /// The conditions that all have to hold for this one.
    static Stream<JsonNode> conjuncts(JsonNode condition) {
        return condition.path("type").asText().equals("CONJUNCTION_AND")
                ? elements(condition.path("children")).flatMap(StatementTrees::conjuncts)
                : Stream.of(condition);
    }

    /// The equalities among the conditions that all have to hold, each both ways round.
    static Stream<Equality> equalities(JsonNode condition) {
        return conjuncts(condition)
                .filter(conjunct -> conjunct.path("type").asText().equals("COMPARE_EQUAL"))
                .flatMap(conjunct -> Stream.of(
                        new Equality(conjunct, conjunct.path("left"), conjunct.path("right")),
                        new Equality(conjunct, conjunct.path("right"), conjunct.path("left"))));
    }

    /// A comparison, and its sides.
    record Equality(JsonNode condition, JsonNode one, JsonNode other) {}

    static boolean isColumn(JsonNode expression) {
        return expression.path("class").asText().equals("COLUMN_REF");
    }

    static boolean isSubquery(JsonNode expression) {
        return expression.path("class").asText().equals("SUBQUERY");
    }

    /// The names in lower case of the tables in every FROM clause of the tree, as often as they stand there;
    /// some may be those of CTEs.
    static List<String> tablesIn(JsonNode tree) {
        return parts(tree)
                .filter(part -> part.path("type").asText().equals("BASE_TABLE"))
                .map(part -> lower(part.path("table_name")))
                .toList();
    }

    /// The names of all CTEs of the tree, in lower case.
    static Set<String> ctesIn(JsonNode tree) {
        return parts(tree)
                .flatMap(part -> Stream.concat(
                        elements(part.path("cte_map").path("map")).map(cte -> cte.path("key")),
                        Stream.of(part.path("cte_name"))))
                .map(StatementTrees::lower)
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> parts(JsonNode tree) {
        return Stream.concat(Stream.of(tree), elements(tree).flatMap(StatementTrees::parts));
    }

    private static String lower(JsonNode name) {
        return name.asText().toLowerCase(Locale.ROOT);
    }

    /// The tree without the positions of its parts in the text.
    static JsonNode withoutPlaces(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        copy.findParents("query_location").forEach(parent -> ((ObjectNode) parent).remove("query_location"));
        return copy;
    }
}
