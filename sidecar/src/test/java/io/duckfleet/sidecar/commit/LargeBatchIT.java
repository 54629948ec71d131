package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Batches that are staged in several rounds, with a transaction of their own, beside small ones.
class LargeBatchIT {

    private static final CommitSizes TINY = new CommitSizes(64 * 1024, 600 * 1024);
    private static final int RECORDS = 30_000;

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    private static Receipt receipt(CompletableFuture<CommitOutcome> outcome) throws Exception {
        return ((Committed) outcome.get(120, TimeUnit.SECONDS)).receipt();
    }

    private static String records(int first, String field) {
        return IntStream.range(first, first + RECORDS)
                .mapToObj(i -> "{\"n\":%d,\"%s\":\"value %d\",\"partition_date\":\"2025-01-0%d\"}"
                        .formatted(i, field, i, 1 + i % 2))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String single(TestEngine engine, String sql) {
        return engine.lake().withSession(session -> session.queryText(sql));
    }

    @Test
    void aBatchOfSeveralRoundsIsOneCommit() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("rounds"), TINY)) {
            Receipt receipt = receipt(engine.submit("t", records(0, "text")));

            assertThat(receipt.days()).extracting(DayRows::rows).containsExactly(RECORDS / 2L, RECORDS / 2L);
            assertThat(receipt.files().size()).isGreaterThan(2);
            assertThat(single(
                            engine,
                            "SELECT concat_ws(' ', count(*), count(DISTINCT n), sum(n), count(text)) FROM lake.data.t"))
                    .isEqualTo("30000 30000 449985000 30000");
        }
    }

    @Test
    void largeAndSmallBatchesOfOneTableGoInTogetherWhileItGrows() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("beside"), TINY)) {
            List<CompletableFuture<CommitOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outcomes.add(engine.submit("t", records(i * RECORDS, "large_" + i)));
                outcomes.add(engine.submit("t", "[{\"small_%d\":1}]".formatted(i)));
                outcomes.add(engine.submit("u", "[{\"n\":%d}]".formatted(i)));
            }
            for (CompletableFuture<CommitOutcome> outcome : outcomes) {
                receipt(outcome);
            }

            assertThat(
                            single(
                                    engine,
                                    "SELECT concat_ws(' ', count(*), count(DISTINCT n), count(large_0), count(large_2), count(small_1)) FROM lake.data.t"))
                    .isEqualTo("90003 90000 30000 30000 1");
            assertThat(single(engine, "SELECT count(*) FROM lake.data.u")).isEqualTo("3");
        }
    }

    @Test
    void rowGroupsAreShort() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("rowgroups"))) {
            String many = IntStream.range(0, 70_000)
                    .mapToObj("{\"n\":%d}"::formatted)
                    .collect(Collectors.joining(",", "[", "]"));

            receipt(engine.submit("t", many));

            String files = engine
                    .lake()
                    .withSession(session -> session.queryTexts(
                            "SELECT data_file FROM ducklake_list_files('lake', 't', schema => 'data')"))
                    .stream()
                    .map(Identifiers::literal)
                    .collect(Collectors.joining(", "));
            assertThat(single(
                            engine,
                            "SELECT max(row_group_num_rows) <= 61440 AND count(DISTINCT (file_name, row_group_id)) > 1 FROM parquet_metadata([%s])"
                                    .formatted(files)))
                    .isEqualTo("true");
        }
    }

    @Test
    void aKeyOfALargeBatchCommitsOnce() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("largekey"), TINY)) {
            receipt(engine.submit(TestEngine.batch("t", records(0, "a"), TestEngine.key("k", "same"))));

            Receipt again = receipt(engine.submit(TestEngine.batch("t", records(0, "a"), TestEngine.key("k", "same"))));

            assertThat(again.repeated()).isTrue();
            assertThat(again.rows()).isEqualTo(RECORDS);
            assertThat(single(engine, "SELECT count(*) FROM lake.data.t")).isEqualTo("30000");
        }
    }
}
