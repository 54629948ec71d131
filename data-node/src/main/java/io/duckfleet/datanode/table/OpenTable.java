package io.duckfleet.datanode.table;

import io.duckfleet.common.duckdb.Session;

/// The table as it is now, and a session on it that the caller closes. The table's DuckDB lives until then,
/// whatever table takes its place.
public record OpenTable(LoadedTable table, Session session) implements AutoCloseable {

    @Override
    public void close() {
        session.close();
    }
}
