package io.duckfleet.cli.local.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.cli.local.LocalFleetSettings;
import io.duckfleet.cli.local.PortLayout;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class StorageTest {

    @TempDir
    Path folder;

    private LocalFleetSettings settings;
    private StorageCredentials credentials;

    @BeforeEach
    void prepare() {
        settings = LocalFleetSettings.in(folder, PortLayout.free());
        settings.data().create();
        credentials = StorageCredentials.in(settings.data().credentials());
    }

    @Test
    void servesSamplesAndSqlAndKeepsWhatIsWritten() throws Exception {
        try (Storage _ = started();
                S3Client s3 = client(credentials.s3SecretKey())) {
            assertThat(s3.headObject(request -> request.bucket("samples").key("openflights/airports.csv.gz"))
                            .contentLength())
                    .isEqualTo(Files.size(settings.installation().samples().resolve("airports.csv.gz")));
            s3.createBucket(request -> request.bucket("mine"));
            s3.putObject(
                    request -> request.bucket("mine").key("a/b.txt"),
                    Files.writeString(folder.resolve("b.txt"), "kept"));
            execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (Storage _ = started();
                S3Client s3 = client(credentials.s3SecretKey())) {
            s3.getObject(request -> request.bucket("mine").key("a/b.txt"), folder.resolve("back.txt"));
            assertThat(folder.resolve("back.txt")).hasContent("kept");
            assertThat(answer()).isEqualTo(42);
        }
    }

    @Test
    void wantsTheRightCredentials() {
        try (Storage _ = started();
                S3Client stranger = client("wrong")) {
            assertThatThrownBy(stranger::listBuckets)
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("403");
            assertThatThrownBy(() -> connect("wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> connect("")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void onlyTheOwnerMayReadTheCredentials() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(settings.data().credentials())))
                .isEqualTo("rw-------");
        assertThat(StorageCredentials.in(settings.data().credentials())).isEqualTo(credentials);
    }

    private Storage started() {
        Storage storage = Storage.start(settings.storage(), credentials);
        storage.objects().join();
        storage.catalog().join();
        return storage;
    }

    private S3Client client(String secretKey) {
        URI endpoint = URI.create("http://localhost:" + settings.ports().s3());
        return S3Clients.of(new S3Settings(endpoint, credentials.s3AccessKey(), secretKey, "mine", "us-east-1"));
    }

    private Connection connect(String password) throws SQLException {
        String url =
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.ports().postgres(), CatalogDatabase.DATABASE);
        return DriverManager.getConnection(url, CatalogDatabase.USER, password);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect(credentials.catalogPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int answer() throws SQLException {
        try (Connection connection = connect(credentials.catalogPassword());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
