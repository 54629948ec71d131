package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.sidecar.TcpProxy;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The connection to the catalog is cut in the middle of a commit: whatever the caller is told, a repeat
/// with the same key ends with the records there once.
class CutCommitIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    static Stream<Arguments> cuts() {
        return Stream.of(KeyLedger.Place.values())
                .flatMap(
                        keys -> Stream.of(TcpProxy.Cut.BEFORE_THE_SERVER_HAS_IT, TcpProxy.Cut.BEFORE_THE_ANSWER_IS_BACK)
                                .map(cut -> Arguments.of(cut, keys)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void commitsOnceWhereverTheConnectionIsCut(TcpProxy.Cut cut, KeyLedger.Place keys) throws Exception {
        String schema = (cut.name() + keys).replace("_", "").toLowerCase(Locale.ROOT);
        Map<String, String> direct = backends.variables(schema, keys);
        Map<String, String> variables = new HashMap<>(direct);
        try (TcpProxy proxy = new TcpProxy(Integer.parseInt(variables.get("CATALOG_PORT")), "COMMIT")) {
            variables.put("CATALOG_PORT", Integer.toString(proxy.port()));
            try (TestEngine engine = new TestEngine(variables)) {
                engine.submit("t", "[{\"n\":0}]").get(120, TimeUnit.SECONDS);
                for (int i = 1; i <= 3; i++) {
                    proxy.cutNext(cut);
                    commit(engine, i);
                }

                assertThat(proxy.cuts()).isGreaterThanOrEqualTo(3);
                assertThat(engine.ledger().place()).contains(keys);
            }
        }
        try (DuckDb reader = TestBackends.reader(direct)) {
            assertThat(reader.<String>withSession(
                            session -> session.queryText("SELECT string_agg(n, ' ' ORDER BY n) FROM lake.data.t")))
                    .isEqualTo("0 1 2 3");
        }
    }

    @Test
    void aRollbackBeforeTheCommitLeavesNoFile() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("rolledback"))) {
            engine.submit("t", "[{\"n\":0}]").get(120, TimeUnit.SECONDS);

            List<Integer> files = engine.lake().withSession(session -> {
                session.execute("BEGIN");
                session.execute("INSERT INTO lake.data.t BY NAME SELECT 1 AS n, DATE '2025-01-01' AS partition_date");
                int written = backends.objects("rolledback", "data/t").size();
                session.execute("ROLLBACK");
                return List.of(written, backends.objects("rolledback", "data/t").size());
            });

            assertThat(files).containsExactly(2, 1);
        }
    }

    /// As a client does: again with the same key, until it is told that the records are there.
    private static void commit(TestEngine engine, int n) throws Exception {
        for (int attempt = 0; attempt < 10; attempt++) {
            CompletableFuture<CommitOutcome> outcome = engine.submit(
                    TestEngine.batch("t", "[{\"n\":%d}]".formatted(n), TestEngine.key("k" + n, "content")));
            try {
                assertThat(outcome.get(120, TimeUnit.SECONDS)).isInstanceOf(Committed.class);
                return;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageNotContaining("password");
            }
        }
        throw new AssertionError("never committed");
    }
}
