package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.sidecar.TestBackends;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The Iceberg tables beside a lake, read by DuckDB.
class MirrorIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    private static MirrorRig rig(String schema) throws Exception {
        return new MirrorRig(backends.variables(schema), Duration.ofMinutes(15));
    }

    @Test
    void showsWhatWasIngestedByTheTablesFolderAlone() throws Exception {
        try (MirrorRig rig = rig("folder")) {
            rig.ingest(
                    "events",
                    "[{\"id\":1,\"tags\":[\"a\",\"b\"],\"at\":\"2025-12-01T10:00:00Z\",\"partition_date\":\"2025-12-01\"}]");
            rig.ingest("events", "[{\"id\":2,\"user\":{\"name\":\"Ann\"},\"partition_date\":\"2025-11-30\"}]");

            rig.sync();

            rig.assertSame("events");
            assertThat(rig.read("SELECT id FROM %s WHERE year = 2025 AND month = 12".formatted(rig.scan("events"))))
                    .containsExactly("1");
            assertThat(rig.read("SELECT DISTINCT day FROM %s ORDER BY 1".formatted(rig.scan("events"))))
                    .containsExactly("1", "30");
            assertThat(backends.objects("folder", "data/events/metadata")).isNotEmpty();
            assertThat(rig.iceberg("events").location()).isEqualTo("s3://lake-folder/data/events");
        }
    }

    @Test
    void copiesNoFileOfTheLake() throws Exception {
        try (MirrorRig rig = rig("referred")) {
            rig.ingest("events", "[{\"id\":1},{\"id\":2}]");
            Set<String> before = new HashSet<>(backends.objects("referred", "data/events"));

            rig.sync();

            Set<String> added = new HashSet<>(backends.objects("referred", "data/events"));
            assertThat(added).containsAll(before);
            added.removeAll(before);
            assertThat(added).isNotEmpty().allMatch(key -> key.startsWith("data/events/metadata/"));
            assertThat(added).noneMatch(key -> key.endsWith(".parquet"));
        }
    }

    @Test
    void followsDeletesAndUpdates() throws Exception {
        try (MirrorRig rig = rig("deletes")) {
            rig.ingest("t", "[{\"id\":1,\"x\":\"a\"},{\"id\":2,\"x\":\"b\"},{\"id\":3,\"x\":\"c\"}]");
            rig.sync();

            rig.lake("DELETE FROM lake.data.t WHERE id = 2");
            rig.sync();
            rig.assertSame("t");
            rig.lake("UPDATE lake.data.t SET x = 'new' WHERE id = 1");
            rig.lake("DELETE FROM lake.data.t WHERE id = 3");
            rig.sync();
            rig.assertSame("t");
            rig.lake("CALL ducklake_rewrite_data_files('lake', delete_threshold => 0.01)");
            rig.sync();

            rig.assertSame("t");
            assertThat(rig.read("SELECT id FROM " + rig.scan("t"))).containsExactly("1");
        }
    }

    @Test
    void followsTheSchema() throws Exception {
        try (MirrorRig rig = rig("evolves")) {
            rig.lake("CREATE TABLE lake.data.t (a INTEGER, b VARCHAR, st STRUCT(x INTEGER), f FLOAT)");
            rig.lake("INSERT INTO lake.data.t VALUES (1, 'one', {x: 1}, 0.1), (NULL, NULL, NULL, NULL)");
            rig.sync();
            rig.assertSame("t");
            for (String change : List.of(
                    "ADD COLUMN c DATE",
                    "RENAME COLUMN b TO bb",
                    "ALTER COLUMN a SET DATA TYPE BIGINT",
                    "ALTER COLUMN f SET DATA TYPE DOUBLE",
                    "ADD COLUMN st.y VARCHAR",
                    "DROP COLUMN bb",
                    "ADD COLUMN b VARCHAR")) {
                rig.lake("ALTER TABLE lake.data.t " + change);
                rig.sync();
                rig.assertSame("t");
                rig.lake(
                        "INSERT INTO lake.data.t BY NAME SELECT 5000000000 + range AS a FROM range(3) WHERE (SELECT column_type = 'BIGINT' FROM (DESCRIBE lake.data.t) WHERE column_name = 'a')");
                rig.sync();
                rig.assertSame("t");
            }
            for (String predicate : List.of("f > 0.09", "f < 0.11", "a > 0", "a = 5000000001")) {
                String count = "SELECT count(*) FROM %s WHERE " + predicate;
                assertThat(rig.read(count.formatted(rig.scan("t"))))
                        .as(predicate)
                        .isEqualTo(rig.read(count.formatted("lake.data.t")));
            }
        }
    }

    @Test
    void followsThePartitioning() throws Exception {
        try (MirrorRig rig = rig("partitions")) {
            rig.lake("CREATE TABLE lake.data.t (a INTEGER, d DATE, s VARCHAR)");
            rig.lake("INSERT INTO lake.data.t VALUES (0, DATE '2025-01-01', 'x')");
            rig.sync();
            for (String keys : List.of(
                    "year(d)", "month(d)", "year(d), month(d)", "year(d), month(d), day(d)", "s", "bucket(4, a)")) {
                rig.lake("ALTER TABLE lake.data.t SET PARTITIONED BY (%s)".formatted(keys));
                rig.lake(
                        "INSERT INTO lake.data.t VALUES (1, DATE '2025-02-01', 'y'), (2, DATE '1969-12-31', NULL), (NULL, NULL, '')");
                rig.sync();
                rig.assertSame("t");
            }
            assertThat(rig.read("SELECT count(*) FROM %s WHERE a = 1".formatted(rig.scan("t"))))
                    .containsExactly("6");
        }
    }

    @Test
    void namesNoPartsOfDatesThatTheTableHasItself() throws Exception {
        try (MirrorRig rig = rig("ownyear")) {
            rig.ingest("t", "[{\"id\":1,\"Year\":1984,\"partition_date\":\"2025-12-01\"}]");

            rig.sync();

            rig.assertSame("t");
            assertThat(rig.iceberg("t").schema().findField("month")).isNull();
            assertThat(rig.iceberg("t").spec().fields())
                    .singleElement()
                    .satisfies(field -> assertThat(field.transform()).hasToString("day"));
        }
    }

    @Test
    void leavesOutWhatOthersWouldReadWrongly() throws Exception {
        try (MirrorRig rig = rig("types")) {
            rig.lake(
                    "CREATE TABLE lake.data.t (a INTEGER, u UBIGINT, h HUGEINT, i INTERVAL, st STRUCT(k INTEGER, v UINTEGER), l UINTEGER[])");
            rig.lake(
                    "INSERT INTO lake.data.t VALUES (1, 18446744073709551615, 7, INTERVAL 1 DAY, {k: 1, v: 4294967295}, [1])");
            rig.lake("ALTER TABLE lake.data.t ADD COLUMN late INTEGER DEFAULT 42");

            rig.sync();

            rig.assertSame("t", "u", "h", "i", "st", "l", "late");
            assertThat(rig.read("SELECT st.k FROM " + rig.scan("t"))).containsExactly("1");
            assertThat(rig.mirror().state().orElseThrow().withoutColumns().get("t"))
                    .hasSize(6)
                    .anyMatch(reason -> reason.startsWith("u:"))
                    .anyMatch(reason -> reason.startsWith("v:"))
                    .anyMatch(reason -> reason.startsWith("late:"));
        }
    }

    @Test
    void showsTheBoundsOfAllTypesOfValues() throws Exception {
        try (MirrorRig rig = rig("bounds")) {
            rig.lake("""
                    CREATE TABLE lake.data.t AS SELECT range::TINYINT AS i8, range AS i64, range::DECIMAL(9, 2) / 4 AS dec, range / 3 AS d,
                        (range / 3)::FLOAT AS f, range % 2 = 0 AS b, 'text ' || range AS s, DATE '1960-01-01' + range::INTEGER AS day,
                        TIMESTAMP '1969-12-31 23:59:59.5' + to_seconds(range) AS ts, TIMESTAMPTZ '2025-01-01 00:00:00+00' + to_hours(range) AS tz,
                        TIME '10:00:00' + to_minutes(range) AS tm, uuid() AS id, CASE WHEN range < 5 THEN range END AS half, 'x'::BLOB AS bl
                    FROM range(10)
                    """);
            rig.lake(
                    "INSERT INTO lake.data.t (i8, d, f) VALUES (100, 'nan', 'nan'), (101, 'inf', '-inf'), (102, -0.0, 0.0)");

            rig.sync();

            rig.assertSame("t");
            for (String predicate : List.of(
                    "i8 = 9",
                    "i64 = 9",
                    "dec = 2.25",
                    "d > 2.9",
                    "f < 0.4",
                    "b",
                    "NOT b",
                    "s = 'text 9'",
                    "day = DATE '1960-01-10'",
                    "ts = TIMESTAMP '1969-12-31 23:59:59.5'",
                    "tz >= TIMESTAMPTZ '2025-01-01 09:00:00+00'",
                    "tm = TIME '10:09:00'",
                    "half IS NULL",
                    "half IS NOT NULL",
                    "d = 'nan'",
                    "isnan(f)",
                    "d = 0",
                    "f = 0",
                    "half = 4")) {
                String count = "SELECT count(*) FROM %s WHERE " + predicate;
                assertThat(rig.read(count.formatted(rig.scan("t"))))
                        .as(predicate)
                        .isEqualTo(rig.read(count.formatted("lake.data.t")));
            }
        }
    }

    @Test
    void forgetsTablesThatAreGoneAndFollowsNewOnesOfTheirNames() throws Exception {
        try (MirrorRig rig = rig("gone")) {
            rig.ingest("t", "[{\"id\":1}]");
            rig.ingest("kept", "[{\"id\":1}]");
            rig.sync();
            rig.lake("DROP TABLE lake.data.t");
            rig.sync();
            assertThat(backends.objects("gone", "data")).noneMatch(key -> key.startsWith("data/t/metadata/"));

            rig.ingest("t", "[{\"name\":\"another\"}]");
            rig.lake("ALTER TABLE lake.data.kept RENAME TO renamed");
            rig.sync();

            rig.assertSame("t");
            assertThat(rig.read("SELECT id FROM " + rig.scan("kept"))).containsExactly("1");
            assertThat(rig.iceberg("renamed").location()).endsWith("/kept");
        }
    }

    @Test
    void flushesRowsThatOthersHaveInlined() throws Exception {
        try (MirrorRig rig = rig("inlined")) {
            rig.lake("CREATE TABLE lake.data.t (a INTEGER)");
            rig.lake("CALL lake.set_option('data_inlining_row_limit', 100, schema => 'data', table_name => 't')");
            rig.lake("INSERT INTO lake.data.t VALUES (1), (2)");
            assertThat(backends.objects("inlined", "")).noneMatch(key -> key.startsWith("data/t/"));

            rig.sync();

            rig.assertSame("t");
            assertThat(rig.read("SELECT count(*) FROM " + rig.scan("t"))).containsExactly("2");
        }
    }

    @Test
    void oneTablesTroubleIsNoOthers() throws Exception {
        try (MirrorRig rig = rig("trouble")) {
            rig.lake("CREATE TABLE lake.data.bad (v VARIANT)");
            rig.lake("CREATE TABLE lake.data.good AS SELECT 1 AS a");

            rig.sync();

            rig.assertSame("good");
            assertThat(rig.mirror().state().orElseThrow().refused()).containsOnlyKeys("bad");
        }
    }

    @Test
    void doesNothingWhenNothingHasChanged() throws Exception {
        try (MirrorRig rig = rig("unchanged")) {
            rig.ingest("t", "[{\"id\":1}]");
            rig.sync();
            List<String> before = backends.objects("unchanged", "");

            assertThat(rig.mirror().catchUp()).isZero();
            rig.restart(S3Clients.of(rig.settings().s3()));
            rig.sync();

            assertThat(backends.objects("unchanged", "")).isEqualTo(before);
            rig.assertSame("t");
        }
    }

    @Test
    void leavesIcebergTablesOfOthersAlone() throws Exception {
        try (MirrorRig rig = rig("others")) {
            rig.ingest("t", "[{\"id\":1}]");
            rig.ingest("taken", "[{\"id\":1}]");
            rig.makeIceberg("theirs");
            rig.makeIceberg("taken");

            rig.sync();
            rig.sync();

            rig.assertSame("t");
            assertThat(rig.iceberg("theirs").schema().findField("alien")).isNotNull();
            assertThat(rig.iceberg("taken").schema().findField("alien")).isNotNull();
            assertThat(rig.mirror().state().orElseThrow().refused()).containsOnlyKeys("taken");
        }
    }

    @Test
    void showsAgainWhatSomebodyElseHasRemoved() throws Exception {
        try (MirrorRig rig = rig("again")) {
            rig.ingest("t", "[{\"id\":1}]");
            rig.sync();
            backends.sql("DELETE FROM again.iceberg_tables");

            rig.sync();

            assertThat(rig.iceberg("t").schema().findField("id")).isNotNull();
            rig.assertSame("t");
        }
    }

    @Test
    void removesItsOwnFilesThatNobodyNeedsAndNoOthers() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("swept"), Duration.ZERO)) {
            for (int i = 0; i < 4; i++) {
                rig.ingest("t", "[{\"id\":%d},{\"id\":%d}]".formatted(2 * i, 2 * i + 1));
                rig.lake("DELETE FROM lake.data.t WHERE id = " + 2 * i);
                rig.sync();
            }
            backends.putOldObject("swept", "data/t/metadata/mine.avro");
            backends.putOldObject("swept", "data/t/metadata/ducklake-01a1feb8-cfcb-7dce-8860-a558c97669c1.parquet");
            List<String> before = backends.objects("swept", "data/t");

            long removed = rig.mirror().tidy();

            List<String> after = backends.objects("swept", "data/t");
            assertThat(removed).isEqualTo(before.size() - after.size()).isGreaterThan(4);
            assertThat(after).contains("data/t/metadata/mine.avro");
            assertThat(before)
                    .filteredOn(key -> !after.contains(key))
                    .allMatch(key -> key.startsWith("data/t/metadata/"));
            rig.assertSame("t");
            rig.lake("DELETE FROM lake.data.t WHERE id = 1");
            rig.sync();
            rig.assertSame("t");
        }
    }
}
