package io.duckfleet.coordinator.trino;

import java.util.List;

/// A result of Trino's that is in a DuckDB session: `select` reads it there. `tables` are those that the
/// statement names, `id` is the query's at Trino.
public record TrinoAnswer(String id, String select, List<String> tables) {

    public TrinoAnswer {
        tables = List.copyOf(tables);
    }
}
