package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static List<String> texts(TestEngine engine, String sql) {
        return engine.lake().withSession(session -> session.queryTexts(sql));
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
    void aLargeBatchBecomesTheRowsThatASmallOneDoes() throws Exception {
        String records = IntStream.range(0, 6_000)
                .mapToObj(LargeBatchIT::recordOfAllTypes)
                .collect(Collectors.joining(",", "[", "]"));
        Map<String, String> variables = backends.variables("same");
        try (TestEngine engine = new TestEngine(variables, TINY)) {
            receipt(engine.submit("large", records));
        }
        try (TestEngine engine = new TestEngine(variables, new CommitSizes(1L << 40, 1L << 40))) {
            receipt(engine.submit("small", records));

            assertThat(single(engine, "SELECT count(*) FROM lake.data.large")).isEqualTo("6000");
            assertThat(texts(engine, "SELECT column_name || ' ' || column_type FROM (DESCRIBE lake.data.large)"))
                    .isEqualTo(
                            texts(engine, "SELECT column_name || ' ' || column_type FROM (DESCRIBE lake.data.small)"))
                    .contains("mixed JSON", "at TIMESTAMP WITH TIME ZONE", "tags VARCHAR[]");
            assertThat(
                            single(
                                    engine,
                                    "SELECT (SELECT count(*) FROM (FROM lake.data.large EXCEPT ALL FROM lake.data.small))"
                                            + " + (SELECT count(*) FROM (FROM lake.data.small EXCEPT ALL FROM lake.data.large))"))
                    .isEqualTo("0");
        }
    }

    private static String recordOfAllTypes(int i) {
        String absentNowAndThen = i % 3 == 0 ? "" : "\"some\":%d,".formatted(i);
        return """
               {"record_id":"r%1$d","partition_date":"2025-01-%2$02d","ingested_at":"2025-02-01T00:00:%3$02dZ",%4$s\
               "big":9223372036854775807,"half":%1$d.5,"yes":%5$s,"day":"2024-02-29","local":"2024-05-01T12:00:00.%6$06d",\
               "at":"2024-05-01T12:00:00+02:00","text":"日本 \\"%1$d\\" \\u0000 ü\\n","nothing":null,"mixed":%7$s,\
               "tags":["a",null,"t%1$d"],"address":{"city":"Köln","lines":[{"n":%1$d},{"n":null}]}}""".formatted(
                        i, 1 + i % 28, i % 60, absentNowAndThen, i % 2 == 0, i, i % 2 == 0 ? "[1]" : "{\"a\":\"b\"}");
    }

    @Test
    void aRecordThatCannotBeReadAfterOthersLeavesNothingBehind() throws Exception {
        byte[] body = records(0, "text").replace("value 29000", "?? 29000").getBytes(StandardCharsets.UTF_8);
        byte[] overlong = {(byte) 0xC0, (byte) 0x80};
        System.arraycopy(overlong, 0, body, new String(body, StandardCharsets.US_ASCII).indexOf("??"), 2);
        try (TestEngine engine = new TestEngine(backends.variables("unreadable"), TINY)) {
            CompletableFuture<CommitOutcome> broken =
                    engine.submit(TestEngine.batch("t", TestEngine.records(body), BatchKey.madeUp()));

            assertThatThrownBy(() -> broken.get(120, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessageContaining("is no valid UTF-8");
            receipt(engine.submit("t", records(0, "text")));
            assertThat(single(engine, "SELECT count(*) FROM lake.data.t")).isEqualTo("30000");
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
