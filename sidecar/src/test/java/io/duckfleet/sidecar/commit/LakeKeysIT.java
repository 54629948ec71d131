package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A catalog that allows no trigger: the keys are in the lake.
class LakeKeysIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    private static Receipt receipt(CompletableFuture<CommitOutcome> outcome) throws Exception {
        return ((Committed) outcome.get(120, TimeUnit.SECONDS)).receipt();
    }

    private static String single(TestEngine engine, String sql) {
        return engine.lake().withSession(session -> session.queryText(sql));
    }

    @Test
    void aRepeatIsToldTheFirstReceiptAlsoAfterARestart() throws Exception {
        Map<String, String> variables = backends.variablesOfGuest("again");
        BatchKey key = TestEngine.key("k", "content");
        String records = "[{\"a\":1,\"partition_date\":\"2025-01-02\"},{\"a\":2,\"partition_date\":\"2025-01-03\"}]";
        Receipt first;
        try (TestEngine engine = new TestEngine(variables)) {
            receipt(engine.submit("t", "[{\"a\":0}]"));
            first = receipt(engine.submit(TestEngine.batch("t", records, key)));
            assertThat(single(engine, "SELECT max(snapshot_id) FROM lake.snapshots()"))
                    .isEqualTo(Long.toString(first.snapshotId()));
        }
        try (TestEngine engine = new TestEngine(variables)) {
            Receipt repeat = receipt(engine.submit(TestEngine.batch("t", records, key)));

            assertThat(repeat).isEqualTo(new Receipt(first.snapshotId(), first.days(), first.files(), true));
            assertThat(single(engine, "SELECT count(*) FROM lake.data.t")).isEqualTo("3");
        }
    }

    @Test
    void ofOneKeyTwiceInOneGroupOneCommits() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variablesOfGuest("twice"))) {
            receipt(engine.submit("t", "[{\"a\":0}]"));
            BatchKey key = TestEngine.key("k", "content");
            List<CompletableFuture<CommitOutcome>> outcomes = IntStream.range(0, 5)
                    .mapToObj(i -> engine.submit(TestEngine.batch("t", "[{\"a\":1}]", key)))
                    .toList();

            List<Boolean> repeated = new ArrayList<>();
            for (CompletableFuture<CommitOutcome> outcome : outcomes) {
                repeated.add(receipt(outcome).repeated());
            }

            assertThat(repeated).containsExactlyInAnyOrder(false, true, true, true, true);
            assertThat(single(engine, "SELECT count(*) FROM lake.data.t")).isEqualTo("2");
        }
    }

    @Test
    void twoSidecarsTakeLargeAndSmallBatchesAtOnce() throws Exception {
        Map<String, String> variables = backends.variablesOfGuest("busy");
        CommitSizes sizes = new CommitSizes(20_000, 50_000);
        String large =
                IntStream.range(0, 10_000).mapToObj("{\"n\":%d}"::formatted).collect(Collectors.joining(",", "[", "]"));
        try (TestEngine one = new TestEngine(variables, sizes);
                TestEngine other = new TestEngine(variables, sizes)) {
            List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
            outcomes.add(one.submit("t", large));
            for (int i = 0; i < 10; i++) {
                outcomes.add(one.submit("t", "[{\"n\":%d,\"one\":1}]".formatted(i)));
                outcomes.add(other.submit("t", "[{\"n\":%d,\"other\":1}]".formatted(i)));
                receipt(outcomes.getLast());
            }
            for (CompletableFuture<CommitOutcome> outcome : outcomes) {
                receipt(outcome);
            }

            assertThat(single(one, "SELECT concat_ws(' ', count(*), count(one), count(other)) FROM lake.data.t"))
                    .isEqualTo("10020 10 10");
        }
    }

    @Test
    void keysAreForgottenWhenTheirDayIsOver() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variablesOfGuest("over"))) {
            BatchKey over = BatchKey.ofCaller("k", "one", Duration.ofDays(-2));
            BatchKey valid = TestEngine.key("l", "one");
            receipt(engine.submit(TestEngine.batch("t", "[{\"a\":1}]", over)));
            receipt(engine.submit(TestEngine.batch("t", "[{\"a\":1}]", valid)));

            assertThat(engine.ledger().prune()).isEqualTo(1);

            TableName table = new TableName("t");
            assertThat(engine.ledger().find(table, over)).isEmpty();
            assertThat(engine.ledger().contents(table, List.of(over.text(), valid.text())))
                    .isEqualTo(Map.of(valid.text(), "one"));
            assertThat(engine.ledger().prune()).isZero();
        }
    }

    /// Else two sidecars could look in two places.
    @Test
    void theKeysStayWhereTheyAreForOneThatMightMakeATrigger() throws Exception {
        Map<String, String> guest = backends.variablesOfGuest("stays");
        BatchKey key = TestEngine.key("k", "content");
        try (TestEngine engine = new TestEngine(guest)) {
            receipt(engine.submit(TestEngine.batch("t", "[{\"a\":1}]", key)));
        }
        try (TestEngine engine = new TestEngine(backends.variables("stays"))) {
            assertThat(receipt(engine.submit(TestEngine.batch("t", "[{\"a\":1}]", key)))
                            .repeated())
                    .isTrue();
            assertThat(engine.ledger().place()).contains(KeyLedger.Place.LAKE);
        }
    }

    @Test
    void aTriggerThatSomebodyElseHasMadeIsUsed() throws Exception {
        Map<String, String> owner = backends.variables("made");
        try (TestEngine engine = new TestEngine(owner)) {
            receipt(engine.submit("t", "[{\"a\":1}]"));
        }
        try (TestEngine engine = new TestEngine(backends.variablesOfGuest("made"))) {
            receipt(engine.submit("t", "[{\"a\":2}]"));

            assertThat(engine.ledger().place()).contains(KeyLedger.Place.CATALOG);
        }
    }
}
