package io.duckfleet.benchmarks.process;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;

/// DuckDB as its users have it, for peers and floors: with all of its optimizers, of which our own services do
/// without some.
public final class AsItComes {

    private AsItComes() {}

    /// An instance in memory, to be closed by the caller.
    public static DuckDb duckDb(DuckDbSettings settings) {
        DuckDb database = DuckDb.inMemory(settings);
        database.withSession(session -> {
            session.execute("SET GLOBAL disabled_optimizers = ''");
            return true;
        });
        return database;
    }
}
