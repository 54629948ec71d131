package io.duckfleet.cli.local.storage;

import io.duckfleet.cli.terminal.CommandFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/// A Postgres as a child process, with the lake's catalog database. It listens on the loopback address
/// alone and wants the password (SCRAM) from everyone. Its data survive it; a server that an owner before
/// left running on them is stopped first.
public final class CatalogDatabase implements AutoCloseable {

    /// The database that holds the lake's catalog.
    public static final String DATABASE = "duckfleet";

    /// Who owns that database.
    public static final String USER = "postgres";

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private final EmbeddedPostgres server;
    private final Path root;

    private CatalogDatabase(EmbeddedPostgres server, Path root) {
        this.server = server;
        this.root = root;
    }

    /// Starts the server on the data in `root`, which are made if they are missing, at `port`. Its binaries
    /// are unpacked below `programs`, its log goes to `log`.
    ///
    /// @throws CommandFailure if it can't be started
    public static CatalogDatabase start(Path root, int port, StorageCredentials credentials, Path programs, Path log) {
        AbandonedPostgres.stop(root);
        Path passwordFile = root.resolveSibling(root.getFileName() + ".password");
        try {
            Files.createDirectories(programs);
            SecretFile.write(passwordFile, credentials.catalogPassword());
            EmbeddedPostgres server = builder(root, port, credentials, programs, log)
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .start();
            CatalogDatabase database = new CatalogDatabase(server, root);
            database.createDatabase();
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            throw new CommandFailure(
                    "Postgres can't be started at 127.0.0.1:%d: %s; its log is %s".formatted(port, e.getMessage(), log),
                    e);
        } finally {
            SecretFile.delete(passwordFile);
        }
    }

    /// What is called a locale's setting goes to `initdb` as options; a cluster that is there already keeps
    /// what it was made with.
    private static EmbeddedPostgres.Builder builder(
            Path root, int port, StorageCredentials credentials, Path programs, Path log) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(root)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(programs.toFile())
                .setPort(port)
                .setPGStartupWait(STARTUP)
                .setConnectConfig("password", credentials.catalogPassword())
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("lc_messages", "C");
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!databaseExists(connection)) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static boolean databaseExists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, DATABASE);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// The server's process, while it runs.
    public Optional<ProcessHandle> process() {
        return AbandonedPostgres.running(root);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new CommandFailure("Postgres can't be stopped: " + e, e);
        }
    }
}
