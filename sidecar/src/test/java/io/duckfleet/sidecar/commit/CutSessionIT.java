package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Sessions whose connection to the catalog is cut in the middle of a transaction. Where one is closed with
/// the transaction still open, DuckDB ends the whole process.
class CutSessionIT {

    private static final String MERGE = "CALL ducklake_merge_adjacent_files('lake')";

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void outlivesAFailureInATransaction() {
        try (TestEngine engine = new TestEngine(backends.variables("cut"))) {
            assertThatThrownBy(() -> engine.lake().withSession(session -> {
                        session.begin();
                        session.execute("CREATE TABLE lake.data.cut (n INTEGER)");
                        backends.cutConnections();
                        session.execute(MERGE);
                        return true;
                    }))
                    .isInstanceOf(FleetException.class);

            assertThat(worksAgain(engine)).isTrue();
        }
    }

    @Test
    void outlivesAnErrorOfAnotherKindInATransaction() {
        try (TestEngine engine = new TestEngine(backends.variables("cut"))) {
            assertThatThrownBy(() -> engine.lake().withSession(session -> {
                        session.begin();
                        session.execute(MERGE);
                        backends.cutConnections();
                        throw new IllegalStateException("unforeseen");
                    }))
                    .hasMessage("unforeseen");

            assertThat(worksAgain(engine)).isTrue();
        }
    }

    @Test
    void outlivesACancelledTransaction() {
        try (TestEngine engine = new TestEngine(backends.variables("cut"))) {
            try (Session session = engine.lake().session()) {
                assertThatThrownBy(() -> session.inTransaction("SELECT 1", same -> {
                            same.execute(MERGE);
                            backends.cutConnections();
                            same.cancel();
                            return same.queryLong("SELECT 1");
                        }))
                        .hasMessageContaining("cancelled");
            }

            assertThat(worksAgain(engine)).isTrue();
        }
    }

    /// DuckDB keeps connections to Postgres that were cut, and finds out one by one.
    private static boolean worksAgain(TestEngine engine) {
        for (int attempt = 1; ; attempt++) {
            try {
                return engine.lake()
                        .withSession(
                                session -> session.queryLong("SELECT count(*) FROM ducklake_snapshots('lake')") > 0);
            } catch (FleetException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }
}
