package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.errors.FleetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/// The values that a caller sends for a statement's parameters: none, a list for `?` and `$1`, or an object
/// for `$name` (names compare without case, as in DuckDB).
public sealed interface Parameters {

    String FIELD = "parameters";

    record None() implements Parameters {}

    record Positional(List<JsonNode> values) implements Parameters {
        public Positional {
            values = List.copyOf(values);
        }
    }

    /// The names are in lower case.
    record Named(Map<String, JsonNode> values) implements Parameters {
        public Named {
            values = Map.copyOf(values);
        }
    }

    /// The parameters that the member `parameters` of a body holds.
    ///
    /// @throws FleetException `invalid_request` if it is neither a list nor an object
    static Parameters of(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL, MISSING -> new None();
            case ARRAY ->
                new Positional(StreamSupport.stream(json.spliterator(), false).toList());
            case OBJECT -> named(json);
            case STRING, NUMBER, BOOLEAN, POJO, BINARY ->
                throw FleetException.invalid(
                        FIELD,
                        "a list (for ? and $1) or an object (for $name) was expected, it is a %s"
                                .formatted(json.getNodeType().name().toLowerCase(Locale.ROOT)));
        };
    }

    private static Named named(JsonNode json) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        json.properties().forEach(member -> {
            if (values.put(member.getKey().toLowerCase(Locale.ROOT), member.getValue()) != null) {
                throw FleetException.invalid(
                        FIELD + "." + member.getKey(), "names that differ in more than case were expected");
            }
        });
        return new Named(values);
    }
}
