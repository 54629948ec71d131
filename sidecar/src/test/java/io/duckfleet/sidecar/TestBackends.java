package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.lake.LakeSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A real Postgres and a real S3 server, on free ports.
public final class TestBackends implements AutoCloseable {

    private static final String SECRET = "s3-secret";

    private final EmbeddedPostgres postgres;
    private final S3Proxy s3;
    private final Path directory;

    private TestBackends(EmbeddedPostgres postgres, S3Proxy s3, Path directory) {
        this.postgres = postgres;
        this.s3 = s3;
        this.directory = directory;
    }

    public static TestBackends start() {
        try {
            Path directory = Files.createTempDirectory("duckfleet-sidecar-test");
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.builder().setServerConfig("lc_messages", "C").start();
            S3Proxy s3 = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "test", SECRET)
                    .build();
            s3.start();
            return new TestBackends(postgres, s3, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// The variables for a lake whose catalog is in `schema`.
    public Map<String, String> variables(String schema) {
        Map<String, String> variables = new HashMap<>();
        variables.put("S3_ENDPOINT", "http://127.0.0.1:" + s3.getPort());
        variables.put("S3_ACCESS_KEY", "test");
        variables.put("S3_SECRET_KEY", SECRET);
        variables.put("S3_BUCKET", "lake-" + schema);
        variables.put("CATALOG_HOST", "127.0.0.1");
        variables.put("CATALOG_PORT", Integer.toString(postgres.getPort()));
        variables.put("CATALOG_DATABASE", "postgres");
        variables.put("CATALOG_USER", "postgres");
        variables.put("CATALOG_PASSWORD", "postgres");
        variables.put("CATALOG_SCHEMA", schema);
        return variables;
    }

    /// Cuts every connection to Postgres.
    public void cutConnections() {
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
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
        Path bucket = directory.resolve("lake-" + schema);
        try (java.util.stream.Stream<Path> all = Files.walk(bucket.resolve(prefix))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    @Override
    public void close() {
        try {
            s3.stop();
            postgres.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
