package io.duckfleet.cli.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinnedWheelTest {

    @Test
    void pinsEveryExtensionForFourPlatforms() {
        List<PinnedWheel> wheels = PinnedWheel.all();

        assertThat(wheels)
                .extracting(PinnedWheel::extension)
                .containsExactly("avro", "ducklake", "httpfs", "iceberg", "postgres_scanner", "quack", "tpcds", "tpch");
        assertThat(wheels)
                .allSatisfy(wheel -> assertThat(new HashSet<>(wheel.hashes())).hasSize(4));
    }

    @Test
    void pinsTheVersionOfTheDuckDbThatIsUsed() throws Exception {
        ExtensionFolder folder = ExtensionFolder.of(Path.of("unused"));

        try (Connection connection = folder.open();
                PreparedStatement query =
                        connection.prepareStatement("SELECT version(), (SELECT platform FROM pragma_platform())");
                ResultSet row = query.executeQuery()) {
            row.next();

            assertThat(folder.version()).isEqualTo(row.getString(1));
            assertThat(folder.platform()).isEqualTo(row.getString(2));
        }
    }

    @Test
    void readsWhatItWrites() {
        for (PinnedWheel wheel : PinnedWheel.all()) {
            assertThat(PinnedWheel.parse(wheel.requirement() + "\n")).containsExactly(wheel);
        }
    }

    @Test
    void refusesAnEntryWithoutHash() {
        assertThatThrownBy(() -> PinnedWheel.parse("duckdb-extension-httpfs==1.5.5\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnEntryWithoutVersion() {
        String hash = "--hash=sha256:" + "0".repeat(64);

        assertThatThrownBy(() -> PinnedWheel.parse("duckdb-extension-httpfs>=1.5 " + hash))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
