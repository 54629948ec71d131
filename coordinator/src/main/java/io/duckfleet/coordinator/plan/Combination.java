package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes of a grouped SELECT the one that combines the groups of the table's parts, and collects the
/// aggregates that the parts have to give. For one SELECT.
final class Combination {

    private static final Set<String> PASSED_THROUGH =
            Set.of("FUNCTION", "OPERATOR", "COMPARISON", "CONJUNCTION", "CAST", "CASE", "BETWEEN");

    private final GroupedSelect select;
    private final ScalarFunctions scalars;
    private final Session session;
    private final List<JsonNode> aggregates = new ArrayList<>();

    Combination(GroupedSelect select, ScalarFunctions scalars, Session session) {
        this.select = select;
        this.scalars = scalars;
        this.session = session;
    }

    /// The aggregates, as the statement has them.
    List<JsonNode> aggregates() {
        return List.copyOf(aggregates);
    }

    /// The SELECT over the parts' answers, its columns called `names`; none where something in it isn't known
    /// to be a function of the groups' keys and of aggregates that can be combined.
    Optional<JsonNode> of(List<String> names) {
        try {
            ObjectNode whole = select.node().deepCopy();
            ArrayNode items = whole.putArray("select_list");
            for (int i = 0; i < names.size(); i++) {
                ObjectNode item =
                        (ObjectNode) rewritten(select.node().path("select_list").path(i));
                items.add(item.put("alias", names.get(i)));
            }
            if (names.size() != select.node().path("select_list").size() || hasNoGroups()) {
                return Optional.empty();
            }
            whole.set("having", rewrittenHaving());
            whole.set("modifiers", rewrittenModifiers(names));
            whole.putNull("where_clause");
            whole.set("from_table", SplitAggregate.fromAnswers(session));
            SplitAggregate.setGroups(whole, keys());
            return Optional.of(whole);
        } catch (NotCombinableException e) {
            return Optional.empty();
        }
    }

    private boolean hasNoGroups() {
        return aggregates.isEmpty() && select.groups().isEmpty();
    }

    private List<JsonNode> keys() {
        List<JsonNode> keys = new ArrayList<>();
        for (int i = 0; i < select.groups().size(); i++) {
            keys.add(column(i));
        }
        return keys;
    }

    private JsonNode rewrittenHaving() {
        JsonNode having = select.node().path("having");
        if (having.isNull() || having.isMissingNode()) {
            return JsonNodeFactory.instance.nullNode();
        }
        requireNoGivenName(having);
        return rewritten(having);
    }

    /// In HAVING a name may be a column's or one of the select list.
    private void requireNoGivenName(JsonNode expression) {
        if (expression.findParents("column_names").stream().anyMatch(select::isGivenName)) {
            throw new NotCombinableException();
        }
    }

    private JsonNode rewrittenModifiers(List<String> names) {
        ArrayNode modifiers = select.node().path("modifiers").deepCopy();
        for (JsonNode modifier : modifiers) {
            for (JsonNode order : modifier.path("orders")) {
                ((ObjectNode) order).set("expression", rewrittenOrder(order.path("expression"), names));
            }
        }
        return modifiers;
    }

    /// A number means an item of the select list, and so does a bare name that is given there.
    private JsonNode rewrittenOrder(JsonNode expression, List<String> names) {
        if (expression.path("class").asText().equals("CONSTANT")) {
            return expression;
        }
        if (expression.path("class").asText().equals("COLUMN_REF") && select.isGivenName(expression)) {
            requireOne(names, expression.path("column_names").path(0).asText());
            return expression;
        }
        requireNoGivenName(expression);
        return rewritten(expression);
    }

    /// Here all items have names, also those that are given none.
    private static void requireOne(List<String> names, String name) {
        if (names.stream().filter(name::equalsIgnoreCase).count() != 1) {
            throw new NotCombinableException();
        }
    }

    private JsonNode rewritten(JsonNode expression) {
        String kind = expression.path("class").asText();
        if (kind.equals("CONSTANT")) {
            return expression.deepCopy();
        }
        if (kind.equals("COLUMN_REF")) {
            return key(expression);
        }
        if (!PASSED_THROUGH.contains(kind)) {
            throw new NotCombinableException();
        }
        if (kind.equals("FUNCTION")) {
            Optional<CombinableAggregate> aggregate = CombinableAggregate.of(expression);
            if (aggregate.isPresent()) {
                return combined(aggregate.get(), expression);
            }
            if (!scalars.contains(expression.path("function_name").asText())) {
                throw new NotCombinableException();
            }
        }
        ObjectNode copy = expression.deepCopy();
        for (Map.Entry<String, JsonNode> field : expression.properties()) {
            copy.set(field.getKey(), withRewrittenExpressions(field.getValue()));
        }
        return copy;
    }

    /// Expressions stand in fields, in lists, and in the cases of a CASE.
    private JsonNode withRewrittenExpressions(JsonNode value) {
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> copy.add(withRewrittenExpressions(element)));
            return copy;
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.has("class")) {
            return rewritten(value);
        }
        ObjectNode copy = value.deepCopy();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            copy.set(field.getKey(), withRewrittenExpressions(field.getValue()));
        }
        return copy;
    }

    private JsonNode key(JsonNode reference) {
        Column column = select.columnOf(reference).orElseThrow(NotCombinableException::new);
        for (int i = 0; i < select.groups().size(); i++) {
            if (select.columnOf(select.groups().get(i)).filter(column::equals).isPresent()) {
                return column(i);
            }
        }
        throw new NotCombinableException();
    }

    private JsonNode combined(CombinableAggregate aggregate, JsonNode call) {
        if (aggregate.takesColumn() && !isOfAllowedColumn(aggregate, call)) {
            throw new NotCombinableException();
        }
        JsonNode plain = withoutPlace(call);
        if (!aggregates.contains(plain)) {
            aggregates.add(plain);
        }
        int number = select.groups().size() + aggregates.indexOf(plain);
        return StatementTrees.expression(session, aggregate.combined(quoted(number)));
    }

    private boolean isOfAllowedColumn(CombinableAggregate aggregate, JsonNode call) {
        return select.columnOf(call.path("children").path(0))
                .filter(column -> aggregate.allows(column.type()))
                .isPresent();
    }

    /// The same aggregate stands for itself wherever it is written, and whatever it is called there.
    private static JsonNode withoutPlace(JsonNode call) {
        ObjectNode copy = (ObjectNode) StatementTrees.withoutPlaces(call);
        return copy.put("alias", "");
    }

    private static String quoted(int number) {
        return Identifiers.quote(SplitAggregate.nameOf(number));
    }

    private JsonNode column(int number) {
        return StatementTrees.expression(session, quoted(number));
    }

    /// Something stands there of which nothing is known.
    private static final class NotCombinableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotCombinableException() {
            super("not to be combined", null, false, false);
        }
    }
}
