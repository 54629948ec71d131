package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.sidecar.TestBackends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The Iceberg tables as a real Trino reads them: `mvn verify -Ptrino` fetches one (821 MB).
@Tag("trino")
class TrinoReadsIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void readsWhatTheLakeHas() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("trino"), Duration.ofMinutes(15))) {
            for (int day = 28; day < 34; day++) {
                rig.ingest(
                        "events", """
                        [{"id":%1$d,"name":"n%1$d","amount":%1$d.5,"tags":["a","b"],"user":{"age":%1$d},"partition_date":"%2$s"}]
                        """.formatted(day, LocalDate.of(2025, 11, 1).plusDays(day)));
            }
            rig.lake(
                    "CREATE TABLE lake.data.plain AS SELECT range::INTEGER AS i, range / 4 AS d, CASE WHEN range % 2 = 0 THEN 'x' END AS s FROM range(10)");
            rig.sync();
            try (TrinoServer trino = TrinoServer.start(home(), rig.settings())) {
                assertSame(rig, trino);
                assertThat(trino.query("SELECT * FROM iceberg.public.events WHERE year=2025 AND month=12"))
                        .hasSize(4);
                assertThat(
                                trino.query(
                                        "SELECT year, month, day, count(*) FROM iceberg.public.events GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"))
                        .startsWith("2025 11 29 1", "2025 11 30 1", "2025 12 1 1");
                for (String change : List.of(
                        "DELETE FROM lake.data.events WHERE id = 30",
                        "UPDATE lake.data.plain SET s = 'changed' WHERE i % 3 = 0",
                        "ALTER TABLE lake.data.events ADD COLUMN extra INTEGER",
                        "ALTER TABLE lake.data.plain RENAME COLUMN d TO dd",
                        "CALL ducklake_merge_adjacent_files('lake')",
                        "CALL ducklake_rewrite_data_files('lake', delete_threshold => 0.01)",
                        "INSERT INTO lake.data.plain VALUES (50, 0.25, NULL)",
                        "ALTER TABLE lake.data.plain SET PARTITIONED BY (bucket(4, i))",
                        "INSERT INTO lake.data.plain SELECT range, 1.5, 'late' FROM range(20)",
                        "CALL ducklake_expire_snapshots('lake', older_than => now())")) {
                    rig.transaction(change);
                    rig.sync();
                    assertSame(rig, trino);
                }
            }
        }
    }

    /// Unpacked by a program that knows hard links: many of the plugins' jars are such.
    private static Path home() throws Exception {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("duckfleet.trino.home")));
        if (!Files.isDirectory(home)) {
            String archive = home + ".tar.gz";
            String folder = Objects.requireNonNull(home.getParent()).toString();
            Process tar = new ProcessBuilder("tar", "-xzf", archive, "-C", folder)
                    .inheritIO()
                    .start();
            assertThat(tar.waitFor()).isZero();
        }
        return home;
    }

    private static void assertSame(MirrorRig rig, TrinoServer trino) throws Exception {
        String events =
                "SELECT concat_ws(' ', CAST(id AS VARCHAR), name, CAST(amount AS DECIMAL(9, 2))::VARCHAR, CAST(len(tags) AS VARCHAR), CAST(\"user\".age AS VARCHAR)) FROM lake.data.events ORDER BY id";
        assertThat(
                        trino.query(
                                "SELECT id, name, CAST(amount AS DECIMAL(9, 2)), cardinality(tags), \"user\".age FROM iceberg.public.events ORDER BY id"))
                .isEqualTo(rig.read(events));
        assertThat(trino.query("SELECT count(*), sum(i), count(s), count_if(i = 5), min(s) FROM iceberg.public.plain"))
                .isEqualTo(
                        rig.read(
                                "SELECT concat_ws(' ', count(*), sum(i), count(s), count_if(i = 5), min(s)) FROM lake.data.plain"));
        assertThat(trino.query("SELECT count(*) FROM iceberg.public.plain WHERE s IS NOT NULL AND i > 3"))
                .isEqualTo(rig.read("SELECT count(*) FROM lake.data.plain WHERE s IS NOT NULL AND i > 3"));
    }
}
