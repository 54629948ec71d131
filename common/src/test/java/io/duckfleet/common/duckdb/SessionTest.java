package io.duckfleet.common.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {

    @TempDir
    private Path scratch;

    private DuckDb database;

    @BeforeEach
    void open() {
        database = TestDatabase.withNumbers(scratch);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELEC 1                               | SQL_SYNTAX     | 0
            SELECT wrd FROM numbers               | UNKNOWN_COLUMN | 7
            SELECT * FROM numbrs                  | UNKNOWN_TABLE  | 14
            SELECT word::INT FROM numbers         | SQL_FAILED     | 11
            """)
    void tellsWhatIsWrongAndWhere(String sql, ErrorCode code, int position) {
        FleetException error = catchThrowableOfType(
                FleetException.class, () -> database.withSession(session -> session.queryTexts(sql)));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.extensions()).contains(Map.entry("position", position));
    }

    @Test
    void keepsWhatATransactionDid() {
        try (Session session = database.open()) {
            session.execute("CREATE TEMP TABLE kept (i BIGINT)");

            long rows = session.inTransaction("", transaction -> transaction.update("INSERT INTO kept FROM range(3)"));

            assertThat(rows).isEqualTo(3);
            assertThat(session.queryLong("SELECT count(*) FROM kept")).isEqualTo(3);
        }
    }

    @Test
    void goesOnAfterATransactionThatFailed() {
        try (Session session = database.open()) {
            assertThatThrownBy(() -> session.inTransaction("", transaction -> {
                        transaction.execute("CREATE TEMP TABLE dropped AS FROM range(3)");
                        return transaction.queryLong("SELECT 'x'::INTEGER");
                    }))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_FAILED));

            assertThat(session.queryTexts("SELECT table_name FROM duckdb_tables()"))
                    .doesNotContain("dropped");
        }
    }

    @Test
    void aPivotWithoutAListIsComputedUnderALock() {
        try (DuckDb locked = DuckDb.inMemory(DuckDbSettings.in(scratch));
                Session session = locked.open()) {
            session.execute("CREATE TABLE t AS SELECT range % 2 AS x, range AS y FROM range(4)");
            locked.lock(List.of());
            String pivot = "PIVOT t ON x USING sum(y)";

            session.inTransaction(pivot, work -> work.update("CREATE TEMP TABLE pivoted AS FROM (" + pivot + ")"));

            assertThat(session.queryLong("SELECT \"0\" + \"1\" FROM pivoted")).isEqualTo(6);
        }
    }

    @Test
    void readsATableOnceForOrderAndLimit() {
        try (Session session = database.open()) {
            session.execute(
                    "CREATE TEMP TABLE wide AS SELECT i AS a, i::VARCHAR AS b, hash(i) AS c FROM range(300000) t(i)");

            String plan = session.query("EXPLAIN FROM wide ORDER BY c LIMIT 5", rows -> {
                rows.next();
                return rows.getString(2);
            });

            assertThat(plan).contains("TOP_N").doesNotContain("JOIN");
        }
    }

    @Test
    void stopsAStatementFromAnotherThread() {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                Session session = database.open()) {
            Future<?> cancelling = clock.schedule(session::cancel, 200, TimeUnit.MILLISECONDS);

            assertThatThrownBy(() ->
                            session.queryLong("SELECT count(*) FROM range(10000000000) a(i) WHERE hash(i) % 7 = 3"))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            assertThat(cancelling).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void startsNothingAfterItWasCancelled() {
        try (Session session = database.open()) {
            session.cancel();

            assertThatThrownBy(() -> session.queryLong("SELECT 1"))
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    /// Also at the moment at which the statement begins.
    @Test
    void stopsAStatementWheneverTheCancelComes() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            try (Session session = database.open();
                    ExecutorService thread = Executors.newSingleThreadExecutor()) {
                Future<Long> endless = thread.submit(() -> session.queryLong(
                        "SELECT count(*) FROM range(1000000000) a(i), range(1000) b(j) WHERE hash(i) = j"));
                long moment = System.nanoTime() + i * 10_000L;
                while (System.nanoTime() < moment) {
                    Thread.onSpinWait();
                }
                session.cancel();

                assertThatThrownBy(() -> endless.get(60, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            }
        }
    }

    @Test
    void bindsWithoutRunning() {
        String columns = database.withSession(session -> session.bind(
                "SELECT word AS x, sum(n) AS x FROM numbers, range(1000000000000) GROUP BY word",
                found -> found.getColumnLabel(1) + " " + found.getColumnTypeName(1) + ", " + found.getColumnLabel(2)
                        + " " + found.getColumnTypeName(2)));

        assertThat(columns).isEqualTo("x VARCHAR, x HUGEINT");
    }

    @Test
    void advisesNobodyToChangeASetting() {
        FleetException error = catchThrowableOfType(
                FleetException.class,
                () -> database.withSession(session -> session.queryText("SELECT (SELECT word FROM numbers)")));

        assertThat(error.code()).isEqualTo(ErrorCode.SQL_FAILED);
        assertThat(error.detail()).contains("More than one row").doesNotContain("SET ");
    }

    /// As DuckDB 1.5.5 ships, about every other run counts 5.
    @Test
    void joinsWhatALimitLeavesAndNotMore() {
        database.withSession(session -> {
            session.execute("CREATE TABLE t AS SELECT i * 7919 % 1000 AS id, i AS x FROM range(1000) r(i)");
            session.execute("CREATE TABLE u AS SELECT i AS id FROM range(500, 520) r(i)");
            return true;
        });

        for (int run = 0; run < 30; run++) {
            assertThat(database.<Long>withSession(session -> session.queryLong("""
                            SELECT count(*) FROM (SELECT * FROM t ORDER BY id, x LIMIT 5) a
                            JOIN (SELECT id FROM u WHERE id > 505) b ON a.id = b.id
                            """)))
                    .isZero();
        }
    }
}
