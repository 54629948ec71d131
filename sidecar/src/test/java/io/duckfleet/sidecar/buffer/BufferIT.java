package io.duckfleet.sidecar.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.BatchKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The buffer and its flushes, cut short at every point, with backends that come and go, and on a disk that
/// is full.
class BufferIT {

    private static final TestBackends backends = TestBackends.start();
    private static final TableName TABLE = new TableName("events");

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        backends.close();
    }

    /// A buffer with its flusher; closing it stops the process in effect, as nothing is kept in memory alone.
    private static final class Rig implements AutoCloseable {

        private final BufferMeters meters = new BufferMeters(new SimpleMeterRegistry());
        private final Buffer buffer;
        private final StreamService stream;
        private final Flusher flusher;
        private final FlushCommit commit;

        Rig(Path folder, TestEngine engine) {
            this(settings(folder, 1L << 30, 0), engine);
        }

        Rig(BufferSettings settings, TestEngine engine) {
            buffer = new Buffer(settings, Clock.systemUTC(), meters);
            stream = new StreamService(buffer, engine.ledger(), meters, Clock.systemUTC());
            commit = engine.flushCommit();
            flusher = new Flusher(buffer, commit, meters, Clock.systemUTC(), Duration.ofHours(1));
        }

        void take(int from, int to) {
            List<CompletableFuture<?>> acks = new ArrayList<>();
            for (int i = from; i < to; i++) {
                acks.add(stream.take(TABLE, Optional.empty(), body(i)));
            }
            acks.forEach(CompletableFuture::join);
        }

        Map<TableName, FlushReceipt> flush() {
            return flusher.flush(Optional.of(TABLE), Optional.empty());
        }

        FlushReceipt flushed() {
            return Objects.requireNonNull(flush().get(TABLE));
        }

        long buffered() {
            return buffer.backlog().of(TABLE).map(TableBacklog::rows).orElse(0L);
        }

        /// A plan for everything, written down as a flush does first.
        FlushPlan plan() {
            BufferQueries.Slice all = buffer.slice(TABLE, Long.MAX_VALUE, new SliceLimits(1_000, 1 << 20, 1_000))
                    .orElseThrow();
            FlushPlan plan = new FlushPlan(UUID.randomUUID(), TABLE, all.from(), all.to(), Optional.empty());
            buffer.plan(List.of(plan), List.of());
            return plan;
        }

        /// The lake's part of a flush, without what comes after it.
        void commit(FlushPlan plan) {
            FlushBatch batch = new FlushBatch(
                    plan,
                    buffer.rows(plan),
                    buffer.id(),
                    Clock.systemUTC().instant(),
                    Duration.ofHours(1),
                    buffer::texts);
            commit.finish(commit.begin(batch));
        }

        @Override
        public void close() {
            buffer.close();
        }
    }

    private static BufferSettings settings(Path folder, long maxBytes, long reserve) {
        return new BufferSettings(folder, maxBytes, reserve, 1_000, 1 << 20, Duration.ofHours(1));
    }

    private static byte[] body(int id) {
        return "{\"data\":{\"id\":%d,\"filler\":\"%s\"}}"
                .formatted(id, "x".repeat(200))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String inLake(TestEngine engine) {
        return engine.lake().withSession(BufferIT::counts);
    }

    private static String counts(Session session) {
        return session.queryText("SELECT count(*) || ' ' || count(DISTINCT id) FROM lake.data.events");
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        try (TestEngine engine = new TestEngine(backends.variables("restart"))) {
            try (Rig before = new Rig(folder, engine)) {
                before.take(0, 50);
                before.flush();
                before.take(50, 70);
            }
            try (Rig after = new Rig(folder, engine)) {
                assertThat(after.buffered()).isEqualTo(20);
                after.take(70, 80);
                assertThat(after.flushed().receipt().rows()).isEqualTo(30);
                assertThat(after.buffered()).isZero();
            }
            try (Rig empty = new Rig(folder, engine)) {
                empty.take(80, 81);
                assertThat(empty.flushed().receipt().rows()).isEqualTo(1);
            }

            assertThat(inLake(engine)).isEqualTo("81 81");
        }
    }

    @Test
    void aFlushThatWasPlannedButNotCommittedIsRepeated() {
        try (TestEngine engine = new TestEngine(backends.variables("planned"))) {
            try (Rig before = new Rig(folder, engine)) {
                before.take(0, 10);
                before.plan();
                before.take(10, 15);
            }
            try (Rig after = new Rig(folder, engine)) {
                assertThat(after.flushed().receipt().rows()).isEqualTo(15);
            }

            assertThat(inLake(engine)).isEqualTo("15 15");
        }
    }

    @Test
    void aFlushThatWasCommittedButNotRemovedCountsOnce() {
        try (TestEngine engine = new TestEngine(backends.variables("committed"))) {
            try (Rig before = new Rig(folder, engine)) {
                before.take(0, 10);
                before.commit(before.plan());
                before.take(10, 15);
            }
            try (Rig after = new Rig(folder, engine)) {
                after.flush();
                assertThat(after.buffered()).isZero();
            }

            assertThat(inLake(engine)).isEqualTo("15 15");
        }
    }

    @Test
    void aCopyOfABufferNeverTakesTheOthersFlushForItsOwn() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("copied"))) {
            try (Rig one = new Rig(folder, engine)) {
                one.take(0, 10);
            }
            Path copy = Files.createDirectories(folder.resolve("copy"));
            Files.copy(folder.resolve("buffer.duckdb"), copy.resolve("buffer.duckdb"));
            try (Rig one = new Rig(folder, engine);
                    Rig other = new Rig(copy, engine)) {
                one.flush();
                one.take(10, 20);
                one.flush();
                other.take(100, 110);
                other.flush();
            }

            assertThat(inLake(engine))
                    .as("the copied records come twice, the others once")
                    .isEqualTo("40 30");
        }
    }

    @Test
    void theLedgerHoldsNoKeyOfAFlushThatIsDone() {
        try (TestEngine engine = new TestEngine(backends.variables("forgotten"));
                Rig rig = new Rig(folder, engine)) {
            rig.take(0, 3);
            rig.flush();

            backends.sql(
                    "DO $$ BEGIN IF EXISTS (SELECT FROM forgotten.duckfleet_key) THEN RAISE EXCEPTION 'a key is left'; END IF; END $$");
        }
    }

    @Test
    void oneKeyInTwoSidecarsBuffersCountsOnce() {
        BatchKey key = TestEngine.key("one", "same");
        try (TestEngine engine = new TestEngine(backends.variables("twokeys"));
                Rig one = new Rig(folder.resolve("one"), engine);
                Rig other = new Rig(folder.resolve("other"), engine)) {
            one.stream.takeOnce(TABLE, Optional.empty(), key, body(1)).join();
            other.stream.takeOnce(TABLE, Optional.empty(), key, body(1)).join();
            other.stream
                    .takeOnce(TABLE, Optional.empty(), TestEngine.key("two", "x"), body(2))
                    .join();
            one.flush();
            other.flush();

            assertThat(inLake(engine)).isEqualTo("2 2");
            assertThat(other.buffered()).isZero();
        }
    }

    @Test
    void aKeyIsKnownAfterARestart() {
        BatchKey key = TestEngine.key("again", "same");
        try (TestEngine engine = new TestEngine(backends.variables("keyagain"))) {
            try (Rig before = new Rig(folder, engine)) {
                before.stream.takeOnce(TABLE, Optional.empty(), key, body(1)).join();
            }
            try (Rig after = new Rig(folder, engine)) {
                assertThat(after.stream
                                .takeOnce(TABLE, Optional.empty(), key, body(1))
                                .join())
                        .isEqualTo(StreamService.Outcome.REPEATED);
                assertThatThrownBy(() -> after.stream.takeOnce(
                                TABLE, Optional.empty(), TestEngine.key("again", "other"), body(2)))
                        .isInstanceOf(FleetException.class);
                assertThat(after.buffered()).isEqualTo(1);
            }
        }
    }

    @Test
    void aBufferThatAnotherProcessHoldsIsRefused() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        BufferHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");

            assertThatThrownBy(() -> new Buffer(
                            settings(folder, 1 << 20, 0),
                            Clock.systemUTC(),
                            new BufferMeters(new SimpleMeterRegistry())))
                    .isInstanceOf(FleetException.class)
                    .hasMessageContaining("held by another process (" + holder.pid() + ")")
                    .hasMessageContaining("BUFFER_DIR");
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void goesOnBufferingWhileTheCatalogOrS3IsAway() {
        try (TestEngine engine = new TestEngine(backends.variables("away"));
                Rig rig = new Rig(folder, engine)) {
            rig.take(0, 5);
            rig.flush();
            backends.stopPostgres();
            rig.take(5, 10);
            rig.stream
                    .takeOnce(TABLE, Optional.empty(), TestEngine.key("k", "c"), body(10))
                    .join();
            assertThatThrownBy(rig::flush)
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_UNREACHABLE));
            assertThat(rig.buffered()).isEqualTo(6);
            backends.startPostgres();
            rig.flush();
            assertThat(rig.buffered()).isZero();
            backends.stopS3();
            rig.take(11, 20);
            assertThatThrownBy(rig::flush)
                    .isInstanceOfSatisfying(
                            FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNREACHABLE));
            assertThat(rig.buffered()).isEqualTo(9);
            backends.startS3();
            rig.flush();

            assertThat(inLake(engine)).isEqualTo("20 20");
        }
    }

    @Test
    void aFullBufferRefusesUntilItIsFlushed() {
        try (TestEngine engine = new TestEngine(backends.variables("bounded"));
                Rig rig = new Rig(settings(folder, 3_000, 0), engine)) {
            int taken = 0;
            while (isAdmitted(rig)) {
                rig.take(taken, taken + 1);
                taken++;
            }
            assertThat(taken).isBetween(8, 14);

            rig.flush();

            assertThat(isAdmitted(rig)).isTrue();
            assertThat(inLake(engine)).isEqualTo(taken + " " + taken);
        }
    }

    private static boolean isAdmitted(Rig rig) {
        try {
            rig.stream.admit(250);
            return true;
        } catch (FleetException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
            return false;
        }
    }

    @Test
    void flushesMoreThanOneBatchHolds() {
        try (TestEngine engine = new TestEngine(backends.variables("many"));
                Rig rig = new Rig(folder, engine)) {
            rig.take(0, 3_500);

            FlushReceipt receipt = rig.flushed();

            assertThat(receipt.receipt().rows()).isEqualTo(3_500);
            assertThat(inLake(engine)).isEqualTo("3500 3500");
        }
    }

    @Test
    void keepsRoomOnTheDiskForFlushes() {
        long free = folder.toFile().getUsableSpace();
        try (TestEngine engine = new TestEngine(backends.variables("reserve"));
                Rig rig = new Rig(settings(folder, 1 << 20, free * 2), engine)) {

            assertThat(codeOf(rig.stream.take(TABLE, Optional.empty(), body(1))))
                    .isEqualTo(ErrorCode.BUFFER_DISK_FULL);
            assertThat(rig.buffered()).isZero();
        }
    }

    private static ErrorCode codeOf(CompletableFuture<?> failing) {
        try {
            failing.join();
            throw new AssertionError("it was taken");
        } catch (CompletionException e) {
            return known(e).code();
        }
    }

    private static FleetException known(CompletionException failure) {
        return (FleetException) Objects.requireNonNull(failure.getCause());
    }

    /// On a file system of 16 MB that is mounted for the test, where the test may do that.
    @Test
    void losesNothingOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
        assumeThat(SmallDisk.mount(folder, 16))
                .as("this process may mount a file system of its own")
                .isTrue();
        try (TestEngine engine = new TestEngine(backends.variables("full"))) {
            int acked = fillAndFlush(engine);
            try (Rig after = new Rig(folder, engine)) {
                after.flush();
            }

            assertThat(inLake(engine)).isEqualTo(acked + " " + acked);
        } finally {
            SmallDisk.unmount(folder);
        }
    }

    /// Records until the disk is full, another program's file that takes what is left, and its removal.
    private int fillAndFlush(TestEngine engine) throws Exception {
        int acked = 0;
        try (Rig rig = new Rig(folder, engine)) {
            Path ballast = folder.resolve("ballast");
            rig.take(0, 500);
            acked = 500;
            SmallDisk.fill(ballast);
            for (int i = 0; i < 60; i++) {
                List<CompletableFuture<StreamService.Outcome>> acks = send(rig, i * 1_000, 200);
                for (CompletableFuture<StreamService.Outcome> ack : acks) {
                    acked += isTaken(ack) ? 1 : 0;
                }
            }
            assertThat(codeOf(rig.stream.take(TABLE, Optional.empty(), body(-1))))
                    .isEqualTo(ErrorCode.BUFFER_DISK_FULL);
            assertThat(rig.buffered()).isEqualTo(acked);
            Files.delete(ballast);
            rig.stream.take(TABLE, Optional.empty(), body(-2)).join();
            return acked + 1;
        }
    }

    private static List<CompletableFuture<StreamService.Outcome>> send(Rig rig, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> rig.stream.take(TABLE, Optional.empty(), body(i + 1_000_000)))
                .toList();
    }

    private static boolean isTaken(CompletableFuture<StreamService.Outcome> ack) {
        try {
            ack.join();
            return true;
        } catch (CompletionException e) {
            assertThat(known(e).code()).isEqualTo(ErrorCode.BUFFER_DISK_FULL);
            return false;
        }
    }
}
