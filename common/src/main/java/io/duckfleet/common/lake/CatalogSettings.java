package io.duckfleet.common.lake;

/// The Postgres database that holds the lake's catalog, in the schema `schema`. Printing it never shows the
/// password.
public record CatalogSettings(String host, int port, String database, String user, String password, String schema) {

    /// The JDBC address, without credentials.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    @Override
    public String toString() {
        return "CatalogSettings[%s:%d/%s, schema=%s, user=%s]".formatted(host, port, database, schema, user);
    }
}
