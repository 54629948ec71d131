package io.duckfleet.datanode.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.health.SoundCheck;
import io.duckfleet.datanode.table.FilledTable;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.Soundness;
import io.duckfleet.datanode.table.TableSlot;
import io.duckfleet.datanode.table.TableSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose DuckDB breaks: its database is a file here, which is damaged, so that a checkpoint fails for
/// good.
class SoundnessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Soundness soundness = new Soundness();

    @Test
    void isNotLiveOnceDuckDbIsBroken() throws IOException {
        try (TableSlot slot = new TableSlot();
                Deadlines deadlines = new Deadlines()) {
            LoadedTables table = damagedTable();
            slot.become(new NodeState.Ready(table));
            TableQueries queries = new TableQueries(
                    slot, new Admission(1, 1), deadlines, soundness, new QueryMetrics(new SimpleMeterRegistry()));

            assertThatThrownBy(() -> run(queries, "SELECT no_such_column FROM t"))
                    .isInstanceOf(FleetException.class);
            assertThat(new SoundCheck(soundness).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

            breakForGood(table);
            assertThatThrownBy(() -> run(queries, "SELECT 1")).isInstanceOf(FleetException.class);

            HealthCheckResponse answer = new SoundCheck(soundness).call();
            assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
            assertThat(answer.getData().orElseThrow())
                    .extractingByKey("reason")
                    .asString()
                    .contains("invalidated");
        }
    }

    private static long run(TableQueries queries, String sql) {
        return queries.run(new StopSignal(), MINUTE, lease -> {
            try (lease) {
                return lease.session().queryLong(sql);
            }
        });
    }

    private LoadedTables damagedTable() throws IOException {
        Path file = folder.resolve("damaged.db");
        try (DuckDb database = open(file)) {
            database.withSession(session -> {
                session.execute("CREATE TABLE t AS SELECT range AS i, range::VARCHAR AS s FROM range(1000000)");
                session.execute("CHECKPOINT");
                return true;
            });
        }
        damageRows(file);
        TableSource source =
                new TableSource("s3://files/t.csv", "etag", 1, Instant.EPOCH, Duration.ZERO, Optional.empty());
        return LoadedTables.of(open(file), List.of(new FilledTable(new TableName("t"), source, 1)));
    }

    private DuckDb open(Path file) {
        return DuckDb.onFile(file, DuckDbSettings.in(folder.resolve("spill")));
    }

    /// Headers are at the start of the file, metadata at its end.
    private static void damageRows(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 20_000; at < bytes.length() - 1_500_000; at += 4_096) {
                bytes.seek(at);
                bytes.writeLong(0x1234567812345678L);
            }
        }
    }

    private static void breakForGood(LoadedTables table) {
        assertThatThrownBy(() -> table.database().withSession(session -> {
                    session.execute("INSERT INTO t SELECT range, 'x' FROM range(300000)");
                    session.execute("DELETE FROM t WHERE i % 2 = 0 AND s = 'x'");
                    session.execute("CHECKPOINT");
                    return true;
                }))
                .isInstanceOf(FleetException.class);
    }
}
