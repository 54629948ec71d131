package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.StatementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the optimizer's text of a predicate, which isn't always SQL, as a [Predicate], by the tree that
/// DuckDB's parser makes of it. What isn't AND, OR or NOT over comparisons of a column with a constant of its
/// type is left out: the local query applies everything again, so leaving out costs bytes and never rows.
final class PredicateReader {

    /// The conjuncts that could be read; `isWhole` tells whether they are all that the text says.
    record Reading(List<Predicate> conjuncts, boolean isWhole) {
        Reading {
            conjuncts = List.copyOf(conjuncts);
        }
    }

    /// Implied by the scan's real filter, so as good as any; but for the one of top-N, which is no constant.
    private static final String OPTIONAL = "optional: ";

    private static final Map<String, String> OPERATORS = Map.of(
            "COMPARE_EQUAL", "=",
            "COMPARE_NOTEQUAL", "<>",
            "COMPARE_LESSTHAN", "<",
            "COMPARE_GREATERTHAN", ">",
            "COMPARE_LESSTHANOREQUALTO", "<=",
            "COMPARE_GREATERTHANOREQUALTO", ">=");

    private static final Set<String> TEXT_FUNCTIONS =
            Set.of("~~", "contains", "prefix", "suffix", "starts_with", "ends_with");

    private final StubNames names;
    private final StubDatabase parser;

    PredicateReader(StubNames names, StubDatabase parser) {
        this.names = names;
        this.parser = parser;
    }

    /// Whether the text only repeats, as a hint, what stands elsewhere.
    static boolean isOptional(String text) {
        return text.startsWith(OPTIONAL);
    }

    /// Nothing, if the text is no SQL.
    Optional<Reading> read(String text) {
        boolean optional = isOptional(text);
        return parse(optional ? text.substring(OPTIONAL.length()) : text).map(tree -> readConjuncts(tree, optional));
    }

    private Optional<JsonNode> parse(String text) {
        try (Session session = parser.open()) {
            JsonNode select = StatementReader.read(session, "SELECT 1 WHERE " + text)
                    .tree()
                    .path("node");
            return Optional.of(select.path("where_clause"));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    /// An optional predicate repeats what stands elsewhere, so nothing is lost when it can't be read.
    private Reading readConjuncts(JsonNode tree, boolean optional) {
        List<JsonNode> conjuncts = new ArrayList<>();
        collectConjuncts(tree, conjuncts);
        List<Predicate> read = conjuncts.stream()
                .flatMap(conjunct -> predicate(conjunct).stream())
                .toList();
        return new Reading(read, optional || read.size() == conjuncts.size());
    }

    private static void collectConjuncts(JsonNode tree, List<JsonNode> conjuncts) {
        if (tree.path("type").asText().equals("CONJUNCTION_AND")) {
            tree.path("children").forEach(child -> collectConjuncts(child, conjuncts));
        } else {
            conjuncts.add(tree);
        }
    }

    private Optional<Predicate> predicate(JsonNode tree) {
        String type = tree.path("type").asText();
        return switch (type) {
            case "CONJUNCTION_AND" -> all(tree.path("children")).map(Predicate.And::new);
            case "CONJUNCTION_OR" -> all(tree.path("children")).map(Predicate::anyOf);
            case "OPERATOR_NOT" -> predicate(tree.path("children").path(0)).map(Predicate.Not::new);
            case "OPERATOR_IS_NULL" -> column(tree.path("children").path(0)).map(Predicate.IsNull::new);
            case "OPERATOR_IS_NOT_NULL" ->
                column(tree.path("children").path(0)).map(column -> new Predicate.Not(new Predicate.IsNull(column)));
            case "COMPARE_IN" -> oneOf(tree.path("children"));
            case "COMPARE_BETWEEN" -> between(tree);
            case "FUNCTION" -> textMatch(tree);
            default ->
                OPERATORS.containsKey(type)
                        ? comparison(tree.path("left"), OPERATORS.get(type), tree.path("right"))
                        : Optional.empty();
        };
    }

    private Optional<List<Predicate>> all(JsonNode children) {
        List<Predicate> predicates = new ArrayList<>();
        for (JsonNode child : children) {
            Optional<Predicate> predicate = predicate(child);
            if (predicate.isEmpty()) {
                return Optional.empty();
            }
            predicates.add(predicate.get());
        }
        return Optional.of(predicates);
    }

    private Optional<Predicate> comparison(JsonNode left, String operator, JsonNode right) {
        return column(left)
                .flatMap(column -> Constants.literal(right, column.type())
                        .map(literal -> new Predicate.Comparison(column, operator, literal)));
    }

    private Optional<Predicate> between(JsonNode tree) {
        Optional<Predicate> atLeast = comparison(tree.path("input"), ">=", tree.path("lower"));
        Optional<Predicate> atMost = comparison(tree.path("input"), "<=", tree.path("upper"));
        return atLeast.flatMap(low -> atMost.map(high -> new Predicate.And(List.of(low, high))));
    }

    private Optional<Predicate> oneOf(JsonNode children) {
        Optional<Column> column = column(children.path(0));
        if (column.isEmpty()) {
            return Optional.empty();
        }
        List<String> literals = new ArrayList<>();
        for (int i = 1; i < children.size(); i++) {
            Optional<String> literal =
                    Constants.literal(children.path(i), column.get().type());
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return Optional.of(new Predicate.OneOf(column.get(), literals));
    }

    private Optional<Predicate> textMatch(JsonNode tree) {
        String function = tree.path("function_name").asText();
        JsonNode text = tree.path("children").path(1);
        if (!TEXT_FUNCTIONS.contains(function) || tree.path("children").size() != 2 || !Constants.isText(text)) {
            return Optional.empty();
        }
        return column(tree.path("children").path(0))
                .filter(column -> column.type().equals("VARCHAR"))
                .map(column -> new Predicate.TextMatch(
                        column, function, text.path("value").path("value").asText()));
    }

    private Optional<Column> column(JsonNode tree) {
        JsonNode parts = tree.path("column_names");
        return tree.path("class").asText().equals("COLUMN_REF") && parts.size() == 1
                ? names.columnOf(parts.path(0).asText())
                : Optional.empty();
    }
}
