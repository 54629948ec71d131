package io.duckfleet.common.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Writes the trees that [StatementReader] reads as SQL again, by DuckDB (`json_deserialize_sql`).
public final class StatementWriter {

    private static final String INFINITY = String.valueOf(Double.POSITIVE_INFINITY);

    private StatementWriter() {}

    /// The SELECT that `tree` is, as DuckDB writes it. DuckDB (1.5.5) doesn't read the infinite constants that
    /// it writes itself: they become casts.
    public static String text(Session session, JsonNode tree) {
        String json = statement(tree);
        if (json.contains(INFINITY)) {
            json = statement(replaced(tree, StatementWriter::isInfinite, constant -> infinity(session, constant)));
        }
        return session.queryText("SELECT json_deserialize_sql(?::VARCHAR)", json);
    }

    private static String statement(JsonNode tree) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("error", false);
        statement.putArray("statements").addObject().set("node", tree);
        return statement.toString();
    }

    /// The tree with what `by` makes of the parts that are meant in their place; `tree` itself stays as it is.
    public static JsonNode replaced(JsonNode tree, Predicate<JsonNode> isMeant, Function<JsonNode, JsonNode> by) {
        if (isMeant.test(tree)) {
            return by.apply(tree);
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

    private static boolean isInfinite(JsonNode tree) {
        return tree.path("class").asText().equals("CONSTANT")
                && value(tree).isDouble()
                && Double.isInfinite(value(tree).doubleValue());
    }

    private static JsonNode value(JsonNode constant) {
        return constant.path("value").path("value");
    }

    private static JsonNode infinity(Session session, JsonNode constant) {
        String sql = "SELECT CAST('%s' AS DOUBLE)".formatted(value(constant).doubleValue());
        ObjectNode cast = StatementReader.read(session, sql)
                .tree()
                .path("node")
                .path("select_list")
                .path(0)
                .deepCopy();
        cast.set("alias", constant.path("alias"));
        return cast;
    }
}
