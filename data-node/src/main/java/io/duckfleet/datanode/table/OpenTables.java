package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.Session;

/// The tables as they are now, and a session on them that the caller closes. Their DuckDB lives until then,
/// whatever tables take their place.
public record OpenTables(LoadedTables tables, Session session) implements AutoCloseable {

    @Override
    public void close() {
        session.close();
    }
}
