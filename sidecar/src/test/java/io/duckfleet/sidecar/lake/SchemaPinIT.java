package io.duckfleet.sidecar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SchemaPinIT {

    private static final String CREATE = "CREATE TABLE lake.data.t (a INTEGER, partition_date DATE)";

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    /// Without the pin this ends in `Allocation failure`, or ends the process.
    @Test
    void aChangeOutlastsWhatDuckLakeForgets() {
        try (TestEngine engine = new TestEngine(backends.variables("outlasts"));
                SchemaPin pin = engine.lake().schemaPin();
                Session session = engine.lake().session();
                Session other = engine.lake().session()) {
            session.begin();
            pin.change(session, CREATE);

            forgetAll(other);
            other.queryTexts("SELECT repeat('x', 50) || i FROM range(20000) t(i)");
            session.execute("INSERT INTO lake.data.t VALUES (1, DATE '2025-01-01')");
            forgetAll(other);
            engine.lake().commit(session);

            assertThat(other.queryTexts("SELECT a FROM lake.data.t")).containsExactly("1");
        }
    }

    @Test
    void aChangeThatRefersToSomethingElseIsRefused() {
        try (TestEngine engine = new TestEngine(backends.variables("refused"));
                SchemaPin pin = engine.lake().schemaPin();
                Session other = engine.lake().session()) {
            try (Session session = engine.lake().session()) {
                session.begin();
                pin.change(session, CREATE);
                forgetAll(other);

                assertThatThrownBy(() -> pin.change(session, "ALTER TABLE lake.data.t ADD COLUMN b INTEGER"))
                        .isInstanceOfSatisfying(
                                FleetException.class,
                                error -> assertThat(SchemaPin.isLost(error)).isTrue());
            }
            assertThat(other.queryTexts("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'data'"))
                    .isEmpty();
        }
    }

    @Test
    void whatChangesNothingOpensNothing() {
        SchemaPin pin = new SchemaPin(() -> {
            throw new AssertionError("a session was opened");
        });

        pin.close();
    }

    /// By a query that needs more memory than there is.
    private static void forgetAll(Session session) {
        session.execute("SET GLOBAL memory_limit = '30MB'");
        assertThatThrownBy(() ->
                        session.queryTexts("SELECT max(len(l)) FROM (SELECT list(i) AS l FROM range(10000000) t(i))"))
                .isInstanceOfSatisfying(
                        FleetException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.MEMORY_LIMIT));
        session.execute("SET GLOBAL memory_limit = '1GB'");
    }
}
