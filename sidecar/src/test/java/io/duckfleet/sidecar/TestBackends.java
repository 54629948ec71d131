package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A real Postgres and a real S3 server, on free ports.
public final class TestBackends implements AutoCloseable {

    private static final String SECRET = "s3-secret";

    private final Path directory;
    private final int postgresPort;
    private final int s3Port;
    private EmbeddedPostgres postgres;
    private S3Proxy s3;

    private TestBackends(Path directory, EmbeddedPostgres postgres, S3Proxy s3) {
        this.directory = directory;
        this.postgres = postgres;
        this.postgresPort = postgres.getPort();
        this.s3 = s3;
        this.s3Port = s3.getPort();
    }

    public static TestBackends start() {
        try {
            Path directory = Files.createTempDirectory("duckfleet-sidecar-test");
            return new TestBackends(directory, postgres(directory, 0), s3(directory, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres postgres(Path directory, int port) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("lc_messages", "C")
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false);
        try {
            return (port == 0 ? builder : builder.setPort(port)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Proxy s3(Path directory, int port) {
        try {
            S3Proxy s3 = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(
                            Files.createDirectories(directory.resolve("s3")).toString()))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "test", SECRET)
                    .build();
            s3.start();
            return s3;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void stopPostgres() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts Postgres again, on the same port and data.
    public void startPostgres() {
        postgres = postgres(directory, postgresPort);
    }

    public void stopS3() {
        try {
            s3.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Starts the S3 server again, on the same port and files.
    public void startS3() {
        s3 = s3(directory, s3Port);
    }

    /// The variables for a lake whose catalog is in `schema`.
    public Map<String, String> variables(String schema) {
        Map<String, String> variables = new HashMap<>();
        variables.put("S3_ENDPOINT", "http://127.0.0.1:" + s3Port);
        variables.put("S3_ACCESS_KEY", "test");
        variables.put("S3_SECRET_KEY", SECRET);
        variables.put("S3_BUCKET", "lake-" + schema);
        variables.put("CATALOG_HOST", "127.0.0.1");
        variables.put("CATALOG_PORT", Integer.toString(postgresPort));
        variables.put("CATALOG_DATABASE", "postgres");
        variables.put("CATALOG_USER", "postgres");
        variables.put("CATALOG_PASSWORD", "postgres");
        variables.put("CATALOG_SCHEMA", schema);
        variables.put("BUFFER_DIR", directory.resolve("buffer-" + schema).toString());
        return variables;
    }

    /// The variables for a lake whose catalog somebody else has made, and in which the user may make neither
    /// table nor trigger.
    public Map<String, String> variablesOfGuest(String schema) {
        Map<String, String> variables = variables(schema);
        write(variables, "CREATE SCHEMA IF NOT EXISTS lake.duckfleet");
        sql("CREATE ROLE guest_%s LOGIN PASSWORD 'guest'".formatted(schema));
        sql("GRANT USAGE ON SCHEMA %1$s TO guest_%1$s".formatted(schema));
        sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$s TO guest_%1$s".formatted(schema));
        variables.put("CATALOG_USER", "guest_" + schema);
        variables.put("CATALOG_PASSWORD", "guest");
        return variables;
    }

    /// The variables for a lake whose keys are in `place`.
    public Map<String, String> variables(String schema, KeyLedger.Place place) {
        return switch (place) {
            case CATALOG -> variables(schema);
            case LAKE -> variablesOfGuest(schema);
        };
    }

    /// Cuts every connection to Postgres.
    public void cutConnections() {
        sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    public void sql(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The names of the objects under `prefix` of the lake's bucket.
    public List<String> objects(String schema, String prefix) {
        Path bucket = directory.resolve("s3").resolve("lake-" + schema);
        try (Stream<Path> all = Files.walk(bucket.resolve(prefix))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts an object into the lake's bucket that is two days old.
    public void putOldObject(String schema, String key) {
        Path file = directory.resolve("s3").resolve("lake-" + schema).resolve(key);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, "an object");
            age(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the objects under `prefix` two days old.
    public void makeOld(String schema, String prefix) {
        Path bucket = directory.resolve("s3").resolve("lake-" + schema);
        objects(schema, prefix).forEach(key -> {
            try {
                age(bucket.resolve(key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }

    /// Does `work` while a lock of Postgres, named by two texts, is held.
    public <T> T whileLocked(String first, String second, Supplier<T> work) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('%s'), hashtext('%s'))".formatted(first, second));
            return work.get();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A reader of the lake like any other: a DuckDB of its own that attaches it read-only.
    public static DuckDb reader(Map<String, String> variables) {
        DuckDb reader = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))));
        try (Session session = reader.open()) {
            LakeAttachment.readOnly(session, LakeSettings.of(variables));
        }
        return reader;
    }

    /// Runs a statement as another program that writes to the lake.
    static void write(Map<String, String> variables, String sql) {
        try (DuckDb writer = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))));
                Session session = writer.open()) {
            LakeAttachment.readWrite(session, LakeSettings.of(variables));
            session.execute(sql);
        }
    }

    @Override
    public void close() {
        stopS3();
        stopPostgres();
    }
}
