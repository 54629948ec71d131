package io.duckfleet.common.duckdb;

import java.nio.file.Path;

/// Opens an instance with a few tables for tests.
public final class TestDatabase {

    private TestDatabase() {}

    /// An unlocked instance with `numbers(n BIGINT, word VARCHAR)`: 0 to 9 with names for some.
    public static DuckDb withNumbers(Path scratch) {
        DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch));
        database.withSession(session -> {
            session.execute(
                    "CREATE TABLE numbers AS SELECT range AS n, CASE WHEN range < 3 THEN 'w' || range END AS word"
                            + " FROM range(10)");
            return true;
        });
        return database;
    }
}
