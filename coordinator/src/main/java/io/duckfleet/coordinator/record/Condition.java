package io.duckfleet.coordinator.record;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A condition in SQL and the values of its named parameters, texts and numbers.
record Condition(String sql, Map<String, Object> parameters) {

    /// What no row meets.
    static final Condition NEVER = new Condition("false", Map.of());

    Condition {
        parameters = Map.copyOf(parameters);
    }

    /// A condition with one parameter, `$name`.
    static Condition of(String sql, String name, Object value) {
        return new Condition(sql, Map.of(name, value));
    }

    /// That both are met. They may share parameters, which then have one value.
    Condition and(Condition other) {
        return new Condition("(%s AND %s)".formatted(sql, other.sql), united(parameters, other.parameters));
    }

    /// That one of them is met at least.
    static Condition any(Collection<Condition> conditions) {
        if (conditions.isEmpty()) {
            return NEVER;
        }
        return new Condition(
                conditions.stream().map(Condition::sql).collect(Collectors.joining("\n  OR ")),
                conditions.stream().map(Condition::parameters).reduce(Map.of(), Condition::united));
    }

    private static Map<String, Object> united(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
