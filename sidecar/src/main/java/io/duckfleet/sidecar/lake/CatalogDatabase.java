package io.duckfleet.sidecar.lake;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.CatalogSettings;
import io.duckfleet.common.sql.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The Postgres of the lake's catalog, for what DuckDB has no way to ask: a small pool of connections, each
/// wait with a deadline. Needs no database to be made; works as soon as there is one.
public final class CatalogDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final CatalogSettings settings;
    private final HikariDataSource connections;

    public CatalogDatabase(CatalogSettings settings) {
        this.settings = settings;
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog");
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        config.addDataSourceProperty("loginTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "duckfleet-sidecar");
        this.connections = new HikariDataSource(config);
    }

    /// What is done with a lent connection.
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Lends a connection in auto-commit mode. A pooled one may have been cut since it was last used: then
    /// `work` is run once more, on another.
    ///
    /// @throws FleetException `catalog_unreachable` if Postgres can't be reached or refuses
    public <T> T with(Work<T> work) {
        try {
            return once(work);
        } catch (SQLException e) {
            if (!isCut(e)) {
                throw unreachable(e);
            }
        }
        try {
            return once(work);
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            return work.run(connection);
        }
    }

    /// SQL states of class 08 tell of connections, 57P0x of a server that ends them.
    private static boolean isCut(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }

    /// Lends a connection within a transaction, which is committed when `work` returns, else rolled back.
    public <T> T inTransaction(Work<T> work) {
        try {
            return once(connection -> committed(connection, work));
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /// The pool rolls back what isn't committed, and turns auto-commit on again.
    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        T result = work.run(connection);
        connection.commit();
        return result;
    }

    /// Does `work` while no other sidecar of this lake does any under the lock of that name, which is one of
    /// our own; empty when one does.
    public <T> Optional<T> alone(String lock, Supplier<T> work) {
        return inTransaction(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtext(?), hashtext(?))")) {
                statement.setString(1, lock);
                statement.setString(2, settings.schema());
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next() || !rows.getBoolean(1)) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(work.get());
        });
    }

    /// A table of the catalog's schema, with quotes, for SQL.
    public String qualified(String table) {
        return Identifiers.quote(settings.schema()) + "." + Identifiers.quote(table);
    }

    /// The schema that DuckLake's tables are in.
    public String schema() {
        return settings.schema();
    }

    private FleetException unreachable(SQLException cause) {
        return new FleetException(
                ErrorCode.CATALOG_UNREACHABLE,
                "the lake's catalog, Postgres at %s:%d, can't be used (SQL state %s); see that it runs, and CATALOG_*"
                        .formatted(settings.host(), settings.port(), cause.getSQLState()),
                cause);
    }

    @Override
    public void close() {
        connections.close();
    }
}
