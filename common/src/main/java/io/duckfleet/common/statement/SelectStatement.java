package io.duckfleet.common.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A text that DuckDB's parser reads as exactly one SELECT (which DESCRIBE, SUMMARIZE and FROM-first are,
/// too). `tree` is what `json_serialize_sql` gives for it, and isn't to be changed; tables stand in
/// order of appearance.
public record SelectStatement(String sql, JsonNode tree, List<TableReference> tables, List<FunctionCall> functions) {

    public SelectStatement {
        tables = List.copyOf(tables);
        functions = List.copyOf(functions);
    }
}
