package io.duckfleet.coordinator.catalogue;

import io.duckfleet.common.duckdb.RowsReader;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;

/// DuckLake's own tables in Postgres, asked in Postgres' SQL: whole questions go there, not whole tables
/// here.
public record CatalogTables(Session session, String schema) {

    private static final String DATABASE = "__ducklake_metadata_lake";

    /// Asks `sql`, in which `{name}` stands for DuckLake's table `ducklake_name`. What it takes stands
    /// in it.
    public <T> T query(String sql, RowsReader<T> reader) {
        String qualified = sql.replaceAll("\\{(\\w+)}", quotedForReplacement() + ".ducklake_$1");
        String query =
                "FROM postgres_query(%s, %s)".formatted(Identifiers.literal(DATABASE), Identifiers.literal(qualified));
        return session.inTransaction(same -> same.query(query, reader));
    }

    /// What a text of DuckLake's statistics says, as Postgres' `timestamptz`, if the column `i` that it tells of
    /// is of the type, a DuckLake's one of times; else NULL, as for what isn't in the years 0000 to 9999
    /// (infinite ones). Times without a zone are UTC. Postgres may come to it before other conditions.
    static String time(String statistic, String type) {
        String year = "^[0-9][0-9][0-9][0-9]-[^()]*$";
        String cast = type.equals("timestamptz") ? "%s::timestamptz" : "%s::timestamp AT TIME ZONE 'UTC'";
        return "CASE WHEN i.column_type = '%s' AND %s ~ '%s' THEN %s END"
                .formatted(type, statistic, year, cast.formatted(statistic));
    }

    private String quotedForReplacement() {
        return Identifiers.quote(schema).replace("\\", "\\\\").replace("$", "\\$");
    }
}
