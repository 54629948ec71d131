package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.sidecar.TestBackends;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A table with very many files. The log tells how long syncs take.
class MirrorSizeIT {

    private static final Logger LOG = Logger.getLogger(MirrorSizeIT.class);
    private static final int FILES = 10_000;
    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    /// The files are entries of the catalog alone: a sync opens none.
    @Test
    void showsTenThousandFiles() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("many"), Duration.ofMinutes(15))) {
            rig.lake("CREATE TABLE lake.data.t (id BIGINT, seen TIMESTAMP, x DOUBLE, s VARCHAR, partition_date DATE)");
            rig.lake(
                    "ALTER TABLE lake.data.t SET PARTITIONED BY (year(partition_date), month(partition_date), day(partition_date))");
            rig.lake("INSERT INTO lake.data.t VALUES (1, now()::TIMESTAMP, 1.5, 'text', DATE '2025-12-01')");
            copyEntries("ducklake_data_file", "path", "'f' || i || path");
            copyEntries("ducklake_file_column_stats", "", "");
            copyEntries("ducklake_file_partition_value", "", "");

            LOG.infof("%d files from nothing: %d ms", FILES, timed(rig));
            LOG.infof("unchanged: %d ms", timed(rig));
            rig.lake("INSERT INTO lake.data.t VALUES (2, now()::TIMESTAMP, 1.5, 'text', DATE '2025-12-01')");
            LOG.infof("one more file: %d ms", timed(rig));

            Table shown = rig.iceberg("t");
            assertThat(shown.currentSnapshot().summary())
                    .containsEntry("total-data-files", Integer.toString(FILES + 2))
                    .containsEntry("added-data-files", "1");
            assertThat(rig.mirror().catchUp()).isZero();
        }
    }

    private static long timed(MirrorRig rig) {
        long start = System.nanoTime();
        rig.sync();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /// Copies the rows about the one file there is, for other files.
    private static void copyEntries(String table, String column, String value) {
        backends.sql("""
                DO $$ DECLARE columns text; BEGIN
                    SELECT string_agg(CASE column_name WHEN 'data_file_id' THEN '1000000 + i' WHEN '%2$s' THEN '%3$s' ELSE column_name END, ', ' ORDER BY ordinal_position)
                    INTO columns FROM information_schema.columns WHERE table_schema = 'many' AND table_name = '%1$s';
                    EXECUTE 'INSERT INTO many.%1$s SELECT ' || columns || ' FROM many.%1$s, generate_series(1, %4$d) i WHERE data_file_id < 1000000';
                END $$
                """.formatted(table, column, value.replace("'", "''"), FILES));
    }
}
