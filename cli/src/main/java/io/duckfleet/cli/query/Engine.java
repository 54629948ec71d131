package io.duckfleet.cli.query;

import java.util.Locale;

/// Who runs a query: the coordinator's own DuckDB, or the Trino that it knows, in whose SQL the query is
/// then.
enum Engine {
    DUCKDB,
    TRINO;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
