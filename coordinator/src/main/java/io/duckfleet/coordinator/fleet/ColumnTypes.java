package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.StatementReader;

/// Proves that a text which came from a node is the name of a type and nothing else, before it becomes part
/// of any SQL.
final class ColumnTypes {

    private ColumnTypes() {}

    /// The text, if DuckDB's parser reads `CAST(NULL AS text)` as just that cast.
    ///
    /// @throws FleetException `node_unreachable` if it is no type
    static String prove(Session session, String type) {
        if (!isType(session, type)) {
            throw new FleetException(
                    ErrorCode.NODE_UNREACHABLE,
                    "a data node tells a column's type as \"%s\", which is no type".formatted(type));
        }
        return type;
    }

    private static boolean isType(Session session, String type) {
        try {
            JsonNode select = StatementReader.read(session, "SELECT CAST(NULL AS " + type + ")")
                    .tree()
                    .path("node");
            JsonNode items = select.path("select_list");
            return items.size() == 1
                    && items.path(0).path("class").asText().equals("CAST")
                    && items.path(0).path("child").path("class").asText().equals("CONSTANT")
                    && select.path("from_table").path("type").asText().equals("EMPTY")
                    && select.path("where_clause").isNull();
        } catch (FleetException e) {
            return false;
        }
    }
}
