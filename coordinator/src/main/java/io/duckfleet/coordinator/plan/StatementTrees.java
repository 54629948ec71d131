package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.statement.StatementReader;
import java.util.Map;
import java.util.function.Predicate;

/// Trees of DuckDB's parser that are taken apart and put together anew. Trees that are given aren't changed.
final class StatementTrees {

    private StatementTrees() {}

    /// The tree of one SELECT.
    static JsonNode select(Session session, String sql) {
        return StatementReader.read(session, sql).tree().path("node");
    }

    /// The tree of one expression.
    static JsonNode expression(Session session, String sql) {
        return select(session, "SELECT " + sql).path("select_list").path(0);
    }

    /// The SELECT that `tree` is, as DuckDB writes it.
    static String text(Session session, JsonNode tree) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("error", false);
        statement.putArray("statements").addObject().set("node", tree);
        return session.queryText("SELECT json_deserialize_sql(?::VARCHAR)", statement.toString());
    }

    /// The tree with `by` in place of the parts that are meant.
    static JsonNode replaced(JsonNode tree, Predicate<JsonNode> isMeant, JsonNode by) {
        if (isMeant.test(tree)) {
            return by.deepCopy();
        }
        if (tree.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            tree.forEach(child -> copy.add(replaced(child, isMeant, by)));
            return copy;
        }
        if (!tree.isObject()) {
            return tree;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            copy.set(member.getKey(), replaced(member.getValue(), isMeant, by));
        }
        return copy;
    }

    /// The tree without the positions of its parts in the text.
    static JsonNode withoutPlaces(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        copy.findParents("query_location").forEach(parent -> ((ObjectNode) parent).put("query_location", 0));
        return copy;
    }
}
