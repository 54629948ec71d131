package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.run.QueryRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A SELECT and the values of its named parameters, texts and numbers. Values never stand in the text.
record RecordQuery(String sql, Map<String, Object> parameters) {

    private static final String LIMIT = "limit";

    RecordQuery {
        parameters = Map.copyOf(parameters);
    }

    /// All columns of the records of `table` that meet `condition`, in the order of the clause `order`,
    /// which may be empty, up to the limit.
    static RecordQuery of(ChosenTable table, Condition condition, String order, long limit) {
        Map<String, Object> parameters = new HashMap<>(condition.parameters());
        parameters.put(LIMIT, limit);
        return new RecordQuery(
                "SELECT * FROM %s WHERE %s%s LIMIT $%s".formatted(table.source(), condition.sql(), order, LIMIT),
                parameters);
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
