package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.duckdb.RowsReader;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;

/// DuckLake's own tables in Postgres, asked in Postgres' SQL: whole questions go there, not whole tables
/// here.
public record CatalogTables(Session session, String schema) {

    private static final String DATABASE = "__ducklake_metadata_lake";

    /// Asks `sql`, in which `{name}` stands for DuckLake's table `ducklake_name`. It takes no values but
    /// numbers that stand in it.
    public <T> T query(String sql, RowsReader<T> reader) {
        String qualified = sql.replaceAll("\\{(\\w+)}", quotedForReplacement() + ".ducklake_$1");
        String query =
                "FROM postgres_query(%s, %s)".formatted(Identifiers.literal(DATABASE), Identifiers.literal(qualified));
        return session.inTransaction(same -> same.query(query, reader));
    }

    private String quotedForReplacement() {
        return Identifiers.quote(schema).replace("\\", "\\\\").replace("$", "\\$");
    }
}
