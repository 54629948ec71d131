package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckfleet.coordinator.lake.ChosenTable;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.lake.UnreadFiles;
import io.duckfleet.coordinator.run.LakeQuery;
import io.duckfleet.coordinator.run.QueryRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A SELECT and the values of its named parameters, texts and numbers. Values never stand in the text.
///
/// @param toRun what gives the same rows, faster
record RecordQuery(String sql, String toRun, Map<String, Object> parameters) {

    private static final String LIMIT = "limit";

    RecordQuery {
        parameters = Map.copyOf(parameters);
    }

    /// All columns of the records of `table` that meet `condition`, in the order of the clause `order`,
    /// which may be empty, up to the limit.
    static RecordQuery of(ChosenTable table, Condition condition, String order, long limit) {
        return of(table, UnreadFiles.NONE, condition, order, limit);
    }

    /// The same, if no record of the files that needn't be read meets the condition.
    static RecordQuery of(ChosenTable table, UnreadFiles unread, Condition condition, String order, long limit) {
        Map<String, Object> parameters = new HashMap<>(condition.parameters());
        parameters.put(LIMIT, limit);
        String rest = " WHERE %s%s LIMIT $%s".formatted(condition.sql(), order, LIMIT);
        return new RecordQuery(
                "SELECT * FROM " + table.source() + rest, "SELECT * FROM " + table.source(unread) + rest, parameters);
    }

    /// The query over tables of `schema`, within the time that the caller gives.
    LakeQuery over(LakeSchema schema, Optional<Long> timeoutMs) {
        return new LakeQuery(request(timeoutMs), toRun, schema);
    }

    private QueryRequest request(Optional<Long> timeoutMs) {
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
