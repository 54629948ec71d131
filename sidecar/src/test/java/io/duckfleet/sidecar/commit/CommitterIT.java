package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import io.duckfleet.sidecar.commit.CommitOutcome.Conflicting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The engine against real backends that come and go, and beside another engine on the same lake.
class CommitterIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    private static Receipt receipt(CompletableFuture<CommitOutcome> outcome) throws Exception {
        return ((Committed) outcome.get(60, TimeUnit.SECONDS)).receipt();
    }

    private static long count(TestEngine engine, String table) {
        return engine.lake().withSession(session -> session.queryLong("SELECT count(*) FROM lake.data." + table));
    }

    @Test
    void twoThatMakeTheLakeAtOnceBothHaveIt() throws Exception {
        Map<String, String> variables = backends.variables("both");
        try (TestEngine one = new TestEngine(variables);
                TestEngine other = new TestEngine(variables)) {
            CompletableFuture<CommitOutcome> first = one.submit("t", "[{\"a\":1}]");
            CompletableFuture<CommitOutcome> second = other.submit("u", "[{\"a\":1}]");

            receipt(first);
            receipt(second);

            assertThat(one.lake()
                            .<String>withSession(session -> session.queryText(
                                    "SELECT value FROM lake.options() WHERE option_name = 'data_inlining_row_limit'")))
                    .isEqualTo("0");
            assertThat(count(one, "u") + count(other, "t")).isEqualTo(2);
        }
    }

    @Test
    void twoSidecarsGrowOneTableAtOnce() throws Exception {
        Map<String, String> variables = backends.variables("grow");
        try (TestEngine one = new TestEngine(variables);
                TestEngine other = new TestEngine(variables)) {
            List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                outcomes.add(one.submit("t", "[{\"one%d\":1,\"both\":%d}]".formatted(i, i)));
                outcomes.add(other.submit("t", "[{\"other%d\":1,\"both\":%d.5}]".formatted(i, i)));
                receipt(outcomes.get(i));
            }
            for (CompletableFuture<CommitOutcome> outcome : outcomes) {
                receipt(outcome);
            }

            assertThat(count(one, "t")).isEqualTo(24);
            assertThat(one.lake()
                            .<Long>withSession(
                                    session -> session.queryLong("SELECT count(*) FROM (DESCRIBE lake.data.t)")))
                    .isEqualTo(24 + 1 + 3);
        }
    }

    @Test
    void manyBatchesGoInTogether() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("together"))) {
            receipt(engine.submit("t", "[{\"n\":0}]"));
            List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                outcomes.add(engine.submit(i % 2 == 0 ? "t" : "u", "[{\"n\":%d},{\"field%d\":1}]".formatted(i, i)));
            }

            List<Long> snapshots = new ArrayList<>();
            for (CompletableFuture<CommitOutcome> outcome : outcomes) {
                snapshots.add(receipt(outcome).snapshotId());
            }

            assertThat(snapshots.stream().distinct().count()).isLessThan(10);
            assertThat(count(engine, "t") + count(engine, "u")).isEqualTo(81);
        }
    }

    @Test
    void whatNeedsTheRowsRewrittenWaitsForThoseBeforeIt() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("waits"))) {
            receipt(engine.submit("t", "[{\"n\":1,\"d\":\"2025-01-01\",\"e\":null}]"));
            List<CompletableFuture<CommitOutcome>> outcomes = List.of(
                    engine.submit("t", "[{\"n\":2,\"d\":\"2025-01-02\"}]"),
                    engine.submit("t", "[{\"n\":3.5,\"d\":\"soon\"}]"),
                    engine.submit("t", "[{\"n\":4,\"d\":\"2025-01-03\",\"e\":true}]"),
                    engine.submit("t", "[{\"n\":9007199254740993}]"));

            receipt(outcomes.get(0));
            receipt(outcomes.get(1));
            receipt(outcomes.get(2));
            assertThat(outcomes.get(3).get(60, TimeUnit.SECONDS)).isInstanceOf(Conflicting.class);

            assertThat(engine.lake()
                            .<List<String>>withSession(session ->
                                    session.queryTexts("SELECT concat_ws(' ', n, d, e) FROM lake.data.t ORDER BY n")))
                    .containsExactly("1.0 2025-01-01", "2.0 2025-01-02", "3.5 soon", "4.0 2025-01-03 true");
        }
    }

    @Test
    void startsWithoutCatalogAndWorksOnceItIsThere() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("later"))) {
            backends.stopPostgres();

            assertFails(engine.submit("t", "[{\"a\":1}]"), ErrorCode.NOT_READY);
            assertThat(engine.reachability().problems()).isNotEmpty();
            backends.startPostgres();

            assertThat(receipt(engine.submit("t", "[{\"a\":1}]")).rows()).isEqualTo(1);
            backends.stopPostgres();
            assertFails(engine.submit("t", "[{\"a\":2}]"), ErrorCode.CATALOG_UNREACHABLE);
            backends.startPostgres();
            receipt(engine.submit("t", "[{\"a\":3}]"));
            assertThat(count(engine, "t")).isEqualTo(2);
        }
    }

    @Test
    void worksAgainWhenTheStorageIsBack() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("storage"))) {
            receipt(engine.submit("t", "[{\"a\":1}]"));
            backends.stopS3();

            assertFails(engine.submit("t", "[{\"a\":2}]"), ErrorCode.STORAGE_UNREACHABLE);
            backends.startS3();

            receipt(engine.submit("t", "[{\"a\":3}]"));
            assertThat(count(engine, "t")).isEqualTo(2);
        }
    }

    private static void assertFails(CompletableFuture<CommitOutcome> outcome, ErrorCode code) {
        assertThatThrownBy(() -> outcome.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(FleetException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.detail()).doesNotContain("password").doesNotContain("s3-secret");
                });
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoSidecarsWithOneKeyOneCommits(KeyLedger.Place keys) throws Exception {
        Map<String, String> variables = backends.variables("keys" + keys.name().toLowerCase(Locale.ROOT), keys);
        try (TestEngine one = new TestEngine(variables);
                TestEngine other = new TestEngine(variables)) {
            receipt(one.submit("t", "[{\"a\":0}]"));
            for (int i = 0; i < 15; i++) {
                BatchKey key = TestEngine.key("k" + i, "same");
                CompletableFuture<CommitOutcome> first = one.submit(TestEngine.batch("t", "[{\"a\":1}]", key));
                CompletableFuture<CommitOutcome> second = other.submit(TestEngine.batch("t", "[{\"a\":1}]", key));

                assertThat(List.of(receipt(first).repeated(), receipt(second).repeated()))
                        .containsExactlyInAnyOrder(true, false);
            }
            assertThat(count(one, "t")).isEqualTo(16);
            assertThat(one.ledger().place()).isEqualTo(other.ledger().place()).contains(keys);
        }
    }

    @Test
    void aKeyOfOtherContentIsRefused() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("content"))) {
            receipt(engine.submit(TestEngine.batch("t", "[{\"a\":1}]", TestEngine.key("k", "one"))));

            assertFails(
                    engine.submit(TestEngine.batch("t", "[{\"a\":1}]", TestEngine.key("k", "other"))),
                    ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    void keysAreForgottenWhenTheirTimeIsOver() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("prune"))) {
            Batch brief = TestEngine.batch("t", "[{\"a\":1}]", BatchKey.ofCaller("k", "one", Duration.ZERO));
            receipt(engine.submit(brief));
            assertThat(engine.ledger().find(brief.table(), brief.key())).isPresent();

            assertThat(engine.ledger().prune()).isEqualTo(1);

            assertThat(engine.ledger().find(brief.table(), brief.key())).isEmpty();
        }
    }

    @Test
    void opensDuckDbAnewAfterAFatalError() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("fatal"))) {
            receipt(engine.submit("t", "[{\"a\":1}]"));

            engine.lake()
                    .closeIfPoisoned(new FleetException(ErrorCode.INTERNAL, "made up").with("duckdb_type", "FATAL"));

            assertThat(engine.lake().isOpen()).isFalse();
            receipt(engine.submit("t", "[{\"a\":2}]"));
            assertThat(count(engine, "t")).isEqualTo(2);
        }
    }

    @Test
    void aStopCommitsWhatWasTaken() throws Exception {
        Map<String, String> variables = backends.variables("stop");
        List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
        try (TestEngine engine = new TestEngine(variables)) {
            for (int i = 0; i < 5; i++) {
                outcomes.add(engine.submit("t", "[{\"a\":%d}]".formatted(i)));
            }
        }
        for (CompletableFuture<CommitOutcome> outcome : outcomes) {
            assertThat(receipt(outcome).rows()).isEqualTo(1);
        }
        try (TestEngine engine = new TestEngine(variables)) {
            assertThat(count(engine, "t")).isEqualTo(5);
        }
    }
}
