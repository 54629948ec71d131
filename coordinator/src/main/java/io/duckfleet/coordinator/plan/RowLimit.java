package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.statement.SelectStatement;
import java.util.OptionalLong;

/// The `LIMIT n` at the end of a statement.
final class RowLimit {

    private RowLimit() {}

    /// How many rows it lets through at most; empty without one, and for one that is no plain number.
    static OptionalLong of(SelectStatement statement) {
        for (JsonNode modifier : statement.tree().path("node").path("modifiers")) {
            JsonNode value = modifier.path("limit").path("value").path("value");
            if (modifier.path("type").asText().equals("LIMIT_MODIFIER") && value.isIntegralNumber()) {
                return OptionalLong.of(value.asLong());
            }
        }
        return OptionalLong.empty();
    }
}
