package io.duckfleet.coordinator.plan;

import io.duckfleet.common.sql.Identifiers;

/// A column of a fleet's table; `type` is DuckDB's name of its type, already proved to be one.
public record Column(String name, String type) {

    /// The name with quotes, for SQL.
    public String quoted() {
        return Identifiers.quote(name);
    }
}
