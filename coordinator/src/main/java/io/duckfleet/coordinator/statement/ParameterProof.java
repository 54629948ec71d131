package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Proves that a statement with its values put in says what the statement with its parameters says: DuckDB's
/// trees of both are the same, but where a parameter stood. So no value can be anything else than a value,
/// whatever it holds.
final class ParameterProof {

    private static final Set<String> BESIDE_THE_MEANING = Set.of("query_location", "named_param_map");

    private ParameterProof() {}

    /// The names of the parameters that DuckDB sees, in its own spelling.
    static Set<String> names(JsonNode tree) {
        return Stream.of(tree.path("named_param_map"))
                .flatMap(map -> map.findValues("key").stream())
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isSame(JsonNode template, JsonNode bound) {
        if (isParameter(template) || isNegated(template, bound)) {
            return true;
        }
        if (template.isObject() && bound.isObject()) {
            return sameMembers(template, bound);
        }
        if (template.isArray() && bound.isArray()) {
            return sameElements(template, bound);
        }
        return template.equals(bound);
    }

    private static boolean sameMembers(JsonNode template, JsonNode bound) {
        for (Map.Entry<String, JsonNode> member : template.properties()) {
            boolean same = BESIDE_THE_MEANING.contains(member.getKey())
                    || (bound.has(member.getKey()) && isSame(member.getValue(), bound.path(member.getKey())));
            if (!same) {
                return false;
            }
        }
        return template.size() == bound.size();
    }

    private static boolean sameElements(JsonNode template, JsonNode bound) {
        Iterator<JsonNode> others = bound.iterator();
        for (JsonNode element : template) {
            if (!others.hasNext() || !isSame(element, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private static boolean isParameter(JsonNode node) {
        return node.path("type").asText().equals("VALUE_PARAMETER");
    }

    /// The parser makes a constant of a minus and a number.
    private static boolean isNegated(JsonNode template, JsonNode bound) {
        return template.path("function_name").asText().equals("-")
                && template.path("children").size() == 1
                && isParameter(template.path("children").path(0))
                && bound.path("type").asText().equals("VALUE_CONSTANT");
    }
}
