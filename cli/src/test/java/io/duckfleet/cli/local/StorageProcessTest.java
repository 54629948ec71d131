package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.local.storage.AbandonedPostgres;
import io.duckfleet.cli.local.storage.CatalogDatabase;
import io.duckfleet.cli.local.storage.StorageCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageProcessTest {

    @TempDir
    Path folder;

    private LocalFleetSettings settings;
    private ProcessNotes notes;

    @BeforeEach
    void prepare() throws Exception {
        settings = LocalFleetSettings.in(folder, PortLayout.free());
        settings.data().create();
        notes = new ProcessNotes(settings.data().processes());
        Files.write(settings.data().ports(), new ObjectMapper().writeValueAsBytes(settings.ports()));
    }

    @AfterEach
    void stop() {
        new FleetShutdown(notes).stop(StorageProcess.NAME, Duration.ofSeconds(20));
        AbandonedPostgres.stop(settings.data().catalog());
    }

    @Test
    void recoversFromBeingKilled() throws Exception {
        start();
        execute("CREATE TABLE kept AS SELECT 42 AS answer");
        ProcessHandle first = notes.running(StorageProcess.NAME).orElseThrow();
        Optional<ProcessHandle> orphan =
                AbandonedPostgres.running(settings.data().catalog());

        first.destroyForcibly();
        first.onExit().get(10, TimeUnit.SECONDS);
        assertThat(orphan)
                .hasValueSatisfying(postgres -> assertThat(postgres.isAlive()).isTrue());
        start();

        assertThat(notes.running(StorageProcess.NAME))
                .hasValueSatisfying(second -> assertThat(second).isNotEqualTo(first));
        assertThat(answer()).isEqualTo(42);
    }

    @Test
    void endsWithItsPostgres() throws Exception {
        start();
        ProcessHandle storage = notes.running(StorageProcess.NAME).orElseThrow();

        AbandonedPostgres.running(settings.data().catalog()).orElseThrow().destroyForcibly();

        assertThat(storage.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void isFoundAgainWhileItRuns() {
        start();
        ProcessHandle first = notes.running(StorageProcess.NAME).orElseThrow();

        start();

        assertThat(notes.running(StorageProcess.NAME)).contains(first);
    }

    private void start() {
        StorageProcess.startOrFind(settings, notes, new JsonClient())
                .catalogReady()
                .join();
    }

    private Connection connect() throws SQLException {
        String url =
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.ports().postgres(), CatalogDatabase.DATABASE);
        return DriverManager.getConnection(
                url,
                CatalogDatabase.USER,
                StorageCredentials.in(settings.data().credentials()).catalogPassword());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int answer() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
