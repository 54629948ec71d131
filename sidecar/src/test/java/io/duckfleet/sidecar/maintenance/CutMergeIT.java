package io.duckfleet.sidecar.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.TcpProxy;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The connection to the catalog is cut before a merge hears that it is committed: the merged file is what
/// the catalog names, so it must be there.
class CutMergeIT {

    private static final TestBackends backends = TestBackends.start();
    private static final int FILES = 4;

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void aMergeWhoseAnswerIsLostLosesNothing() throws Exception {
        Map<String, String> direct = backends.variables("merged");
        Map<String, String> variables = new HashMap<>(direct);
        try (TcpProxy proxy = new TcpProxy(Integer.parseInt(variables.get("CATALOG_PORT")), "COMMIT")) {
            variables.put("CATALOG_PORT", Integer.toString(proxy.port()));
            try (TestEngine engine = new TestEngine(variables);
                    CatalogDatabase catalog =
                            new CatalogDatabase(LakeSettings.of(direct).catalog())) {
                for (int i = 0; i < FILES; i++) {
                    engine.submit("t", "[{\"n\":%d,\"partition_date\":\"2025-01-01\"}]".formatted(i))
                            .get(120, TimeUnit.SECONDS);
                }
                Merge merge = new Merge(engine.lake(), new LakeCatalog(catalog), settings());
                proxy.cutNext(TcpProxy.Cut.BEFORE_THE_ANSWER_IS_BACK);

                assertThatThrownBy(merge::slice).isInstanceOf(FleetException.class);

                assertThat(proxy.cuts()).isEqualTo(1);
            }
        }
        try (DuckDb reader = TestBackends.reader(direct)) {
            assertThat(reader.<String>withSession(
                            session -> session.queryText("SELECT string_agg(n, ' ' ORDER BY n) FROM lake.data.t")))
                    .isEqualTo("0 1 2 3");
            assertThat(reader.<Long>withSession(
                            session -> session.queryLong("SELECT count(DISTINCT filename) FROM lake.data.t")))
                    .as("the merge is committed")
                    .isEqualTo(1);
        }
    }

    private static MaintenanceSettings settings() {
        Duration day = Duration.ofDays(1);
        return new MaintenanceSettings(1 << 20, 2, day, 1_000, day, day, Duration.ofMinutes(1));
    }
}
