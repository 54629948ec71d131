package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.CommitOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestInstance;

/// The lake is made while another program makes it, too: DuckLake lets one of the two fail, and that must
/// not be the sidecar.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstOpeningTest {

    private TestBackends backends;

    @BeforeAll
    void start() {
        backends = TestBackends.start();
    }

    @AfterAll
    void stop() {
        backends.close();
    }

    @RepeatedTest(4)
    void commitsAlthoughAnotherProgramMakesTheSameLake(RepetitionInfo repetition) throws Exception {
        Map<String, String> variables = backends.variables("raced" + repetition.getCurrentRepetition());
        try (TestEngine engine = new TestEngine(variables)) {
            Thread other = Thread.ofPlatform().start(() -> writeAsAnother(variables));

            try (Session session = engine.lake().session()) {
                assertThat(
                                session.queryTexts(
                                        "SELECT count(*) FROM duckdb_schemas() WHERE database_name = 'lake' AND schema_name = 'data'"))
                        .containsExactly("1");
            }
            other.join();

            CompletableFuture<CommitOutcome> outcome = engine.submit("events", "[{\"n\":1}]");
            assertThat(outcome.get()).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    private static void writeAsAnother(Map<String, String> variables) {
        try {
            TestBackends.write(variables, "CREATE TABLE lake.data.others (n BIGINT)");
        } catch (FleetException lost) {
            assertThat(lost).hasMessageContaining("already exists");
        }
    }
}
