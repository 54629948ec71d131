package io.duckfleet.sidecar.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.sidecar.TestBackends;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sidecar that is asked to stop (SIGTERM) puts what it has buffered into the lake first, within its
/// deadline.
class GracefulStopIT {

    private static final int RECORDS = 50;

    @TempDir
    Path folder;

    @Test
    void flushesWhatIsBufferedBeforeItEnds() throws Exception {
        try (KillableFleet fleet = new KillableFleet(folder)) {
            for (int i = 0; i < RECORDS; i++) {
                assertThat(stream(fleet, i)).isEqualTo(200);
            }

            int exitCode = fleet.stopSidecar(Duration.ofSeconds(90));

            assertThat(exitCode).isIn(0, 143);
            assertThat(stream(fleet, RECORDS)).as("nobody answers any more").isZero();
            try (DuckDb reader = TestBackends.reader(fleet.variables())) {
                assertThat(reader.<Long>withSession(
                                session -> session.queryLong("SELECT count(DISTINCT n) FROM lake.data.stopped")))
                        .isEqualTo(RECORDS);
            }
        }
    }

    private static int stream(KillableFleet fleet, int n) {
        return fleet.status(HttpRequest.newBuilder(fleet.sidecar().resolve("/ingest/stream?table_name=stopped&n=" + n))
                .POST(BodyPublishers.ofString("{\"data\":{\"n\":%d}}".formatted(n))));
    }
}
