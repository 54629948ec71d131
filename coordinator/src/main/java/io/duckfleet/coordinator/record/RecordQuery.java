package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.coordinator.run.QueryRequest;
import java.util.Map;
import java.util.Optional;

/// A SELECT and the values of its named parameters, texts and numbers. Values never stand in the text.
record RecordQuery(String sql, Map<String, Object> parameters) {

    RecordQuery {
        parameters = Map.copyOf(parameters);
    }

    /// The request for it, within the time that the caller gives.
    QueryRequest request(Optional<Long> timeoutMs) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, value) -> {
            if (value instanceof Long number) {
                values.put(name, number);
            } else {
                values.put(name, value.toString());
            }
        });
        return new QueryRequest(sql, values, null, timeoutMs.orElse(null), null).checked();
    }
}
