package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Whatever happens to tables, in whatever order: after a sync the Iceberg tables are equal to the lake's.
/// `-Dduckfleet.mirror.rounds=20` runs more than the two histories of a usual build.
class MirrorRandomIT {

    private static final int ROUNDS = Integer.getInteger("duckfleet.mirror.rounds", 2);
    private static final int STEPS = 25;
    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void isEqualToTheLakeAfterAnyHistory() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Long.getLong("duckfleet.mirror.seed", 1) + round;
            try (MirrorRig rig = new MirrorRig(backends.variables("random" + round), Duration.ZERO)) {
                new History(rig, seed).run();
            }
        }
    }

    private static final class History {

        private final MirrorRig rig;
        private final Random random;
        private final StringBuilder told;
        private int columns;

        History(MirrorRig rig, long seed) {
            this.rig = rig;
            this.random = new Random(seed);
            this.told = new StringBuilder("-Dduckfleet.mirror.seed=%d".formatted(seed));
        }

        void run() {
            create("a");
            create("b");
            for (int step = 0; step < STEPS; step++) {
                String table = random.nextBoolean() ? "a" : "b";
                step(table);
                if (random.nextInt(3) > 0) {
                    check();
                }
            }
            check();
        }

        private void check() {
            rig.sync();
            rig.mirror().tidy();
            try {
                rig.assertSame("a");
                rig.assertSame("b");
                assertThat(rig.read("SELECT count(*) FROM %s WHERE n > 50".formatted(rig.scan("a"))))
                        .isEqualTo(rig.read("SELECT count(*) FROM lake.data.a WHERE n > 50"));
            } catch (AssertionError | FleetException e) {
                throw new AssertionError(told.toString(), e);
            }
        }

        private void create(String table) {
            lake("CREATE TABLE lake.data.%s (n BIGINT, s VARCHAR, partition_date DATE)".formatted(table));
            if (random.nextInt(4) > 0) {
                lake(
                        "ALTER TABLE lake.data.%s SET PARTITIONED BY (year(partition_date), month(partition_date), day(partition_date))"
                                .formatted(table));
            }
        }

        private void step(String table) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> insert(table);
                case 4 -> lake("DELETE FROM lake.data.%s WHERE n %% %d = 0".formatted(table, 2 + random.nextInt(5)));
                case 5 ->
                    lake("UPDATE lake.data.%s SET s = 'changed' WHERE n %% %d = 1"
                            .formatted(table, 2 + random.nextInt(5)));
                case 6 -> lake("ALTER TABLE lake.data.%s ADD COLUMN c%d %s".formatted(table, columns++, type()));
                case 7 -> changeAColumn(table);
                case 8 -> maintain("CALL ducklake_merge_adjacent_files('lake')");
                case 9 -> maintain("CALL ducklake_rewrite_data_files('lake', delete_threshold => 0.1)");
                case 10 ->
                    lake("ALTER TABLE lake.data.%s SET PARTITIONED BY (%s)"
                            .formatted(
                                    table,
                                    List.of("year(partition_date), month(partition_date)", "s", "bucket(3, n)")
                                            .get(random.nextInt(3))));
                default -> cleanUp();
            }
        }

        private void insert(String table) {
            lake(
                    "INSERT INTO lake.data.%s BY NAME SELECT range + %d AS n, CASE WHEN range %% 3 > 0 THEN 'v' || range %% 7 END AS s, DATE '2025-11-29' + (range %% 4)::INTEGER AS partition_date FROM range(%d)"
                            .formatted(table, random.nextInt(50), 1 + random.nextInt(40)));
        }

        private String type() {
            return List.of("INTEGER", "VARCHAR", "DOUBLE", "STRUCT(x INTEGER, y VARCHAR[])", "TIMESTAMP")
                    .get(random.nextInt(5));
        }

        private void changeAColumn(String table) {
            List<String> own = rig.read(
                    "SELECT column_name FROM (DESCRIBE lake.data.%s) WHERE column_name LIKE 'c%%'".formatted(table));
            if (own.isEmpty()) {
                return;
            }
            String column = own.get(random.nextInt(own.size()));
            lake("ALTER TABLE lake.data.%s %s"
                    .formatted(
                            table,
                            random.nextBoolean()
                                    ? "DROP COLUMN " + column
                                    : "RENAME COLUMN %s TO c%d".formatted(column, columns++)));
        }

        private void cleanUp() {
            rig.sync();
            lake("CALL ducklake_expire_snapshots('lake', older_than => now())");
            lake("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)");
        }

        private void lake(String sql) {
            told.append("\n").append(sql);
            rig.lake(sql);
        }

        /// What rewrites files reads them while it changes the lake.
        private void maintain(String sql) {
            told.append("\n").append(sql);
            rig.transaction(sql);
        }
    }
}
