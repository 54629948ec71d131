package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.statement.FunctionCall;
import io.duckfleet.common.statement.SelectStatement;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The names, in lower case, under which a statement may call functions. `current_date` stands in the tree
/// like a column, so the bare names of columns are among them.
final class CalledNames {

    private CalledNames() {}

    static Set<String> in(SelectStatement statement) {
        Stream<String> calls = statement.functions().stream().map(FunctionCall::name);
        Stream<String> columns = statement.tree().findValues("column_names").stream()
                .filter(parts -> parts.size() == 1)
                .flatMap(parts -> StreamSupport.stream(parts.spliterator(), false))
                .map(JsonNode::asText);
        return Stream.concat(calls, columns)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
