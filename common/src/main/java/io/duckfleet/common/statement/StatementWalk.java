package io.duckfleet.common.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One walk over the tree of `json_serialize_sql` that collects tables and functions. A CTE's name hides a
/// table of that name where the CTE can be seen: in the query that it belongs to and in the CTEs after it;
/// inside itself only when it is recursive.
final class StatementWalk {

    private final byte[] utf8;
    private final List<TableReference> tables = new ArrayList<>();
    private final List<FunctionCall> functions = new ArrayList<>();

    StatementWalk(String sql) {
        utf8 = sql.getBytes(StandardCharsets.UTF_8);
    }

    /// The tables in order of appearance: the tree has the SELECT list before the FROM clause.
    List<TableReference> tables() {
        return tables.stream()
                .sorted(Comparator.comparingInt(table -> table.position().orElse(Integer.MAX_VALUE)))
                .toList();
    }

    /// The functions in order of appearance.
    List<FunctionCall> functions() {
        return functions.stream()
                .sorted(Comparator.comparingInt(call -> call.position().orElse(Integer.MAX_VALUE)))
                .toList();
    }

    void walk(JsonNode node) {
        visit(node, Set.of());
    }

    private void visit(JsonNode node, Set<String> hidden) {
        if (node.isArray()) {
            node.forEach(child -> visit(child, hidden));
        } else if (node.isObject()) {
            visitObject(node, hidden);
        }
    }

    private void visitObject(JsonNode node, Set<String> hidden) {
        switch (node.path("type").asText()) {
            case "BASE_TABLE" -> addTable(node, hidden);
            case "TABLE_FUNCTION" -> addTableFunction(node, hidden);
            case "SHOW_REF" -> visitShow(node, hidden);
            case "FUNCTION", "WINDOW_AGGREGATE" -> {
                addFunction(node, false);
                visitChildren(node, hidden);
            }
            case "RECURSIVE_CTE_NODE" -> visitQuery(node, with(hidden, node.path("cte_name")));
            default -> visitQuery(node, hidden);
        }
    }

    /// A query node brings its CTEs into view one after another; any other object has none and is just
    /// walked.
    private void visitQuery(JsonNode node, Set<String> hidden) {
        Set<String> inView = hidden;
        for (JsonNode cte : node.path("cte_map").path("map")) {
            visit(cte.path("value"), inView);
            inView = with(inView, cte.path("key"));
        }
        visitChildren(node, inView);
    }

    private void visitChildren(JsonNode node, Set<String> hidden) {
        node.properties().stream()
                .filter(member -> !member.getKey().equals("cte_map"))
                .forEach(member -> visit(member.getValue(), hidden));
    }

    private void addTable(JsonNode node, Set<String> hidden) {
        TableReference table = new TableReference(
                nonEmpty(node.path("catalog_name")),
                nonEmpty(node.path("schema_name")),
                node.path("table_name").asText(),
                position(node),
                node.path("at_clause").isObject());
        if (table.isQualified() || !hidden.contains(table.name().toLowerCase(Locale.ROOT))) {
            tables.add(table);
        }
        visitChildren(node, hidden);
    }

    private void addTableFunction(JsonNode node, Set<String> hidden) {
        addFunction(node.path("function"), true);
        visitChildren(node.path("function"), hidden);
    }

    private void visitShow(JsonNode node, Set<String> hidden) {
        if (!node.path("query").isObject()) {
            throw new FleetException(
                    ErrorCode.NOT_A_SELECT,
                    "SHOW is not served; GET /tables lists the tables, DESCRIBE and SUMMARIZE work with a table's name");
        }
        visitChildren(node, hidden);
    }

    private void addFunction(JsonNode node, boolean asTable) {
        String name = node.path("function_name").asText().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            functions.add(new FunctionCall(name, asTable, position(node)));
        }
    }

    /// DuckDB counts bytes, our callers count characters; a location that the parser doesn't know is the
    /// largest 64-bit number.
    private OptionalInt position(JsonNode node) {
        JsonNode location = node.path("query_location");
        if (!location.canConvertToInt() || location.asInt() > utf8.length) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(new String(utf8, 0, location.asInt(), StandardCharsets.UTF_8).length());
    }

    private static Optional<String> nonEmpty(JsonNode text) {
        return Optional.of(text.asText()).filter(name -> !name.isEmpty());
    }

    private static Set<String> with(Set<String> names, JsonNode name) {
        Set<String> more = new HashSet<>(names);
        more.add(name.asText().toLowerCase(Locale.ROOT));
        return more;
    }
}
