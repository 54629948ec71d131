package io.duckfleet.sidecar.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The buffer and its flushes, cut short at every point, with backends that come and go.
class BufferIT {

    private static final TestBackends backends = TestBackends.start();

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        try (TestEngine engine = new TestEngine(backends.variables("restart"))) {
            try (BufferRig before = new BufferRig(folder, engine)) {
                before.take(0, 50);
                before.flush();
                before.take(50, 70);
            }
            try (BufferRig after = new BufferRig(folder, engine)) {
                assertThat(after.buffered()).isEqualTo(20);
                after.take(70, 80);
                assertThat(after.flushed().receipt().rows()).isEqualTo(30);
                assertThat(after.buffered()).isZero();
            }
            try (BufferRig empty = new BufferRig(folder, engine)) {
                empty.take(80, 81);
                assertThat(empty.flushed().receipt().rows()).isEqualTo(1);
            }

            assertThat(BufferRig.inLake(engine)).isEqualTo("81 81");
        }
    }

    @Test
    void aFlushThatWasPlannedButNotCommittedIsRepeated() {
        try (TestEngine engine = new TestEngine(backends.variables("planned"))) {
            try (BufferRig before = new BufferRig(folder, engine)) {
                before.take(0, 10);
                before.plan();
                before.take(10, 15);
            }
            try (BufferRig after = new BufferRig(folder, engine)) {
                assertThat(after.flushed().receipt().rows()).isEqualTo(15);
            }

            assertThat(BufferRig.inLake(engine)).isEqualTo("15 15");
        }
    }

    @Test
    void aFlushThatWasCommittedButNotRemovedCountsOnce() {
        try (TestEngine engine = new TestEngine(backends.variables("committed"))) {
            try (BufferRig before = new BufferRig(folder, engine)) {
                before.take(0, 10);
                before.commit(before.plan());
                before.take(10, 15);
            }
            try (BufferRig after = new BufferRig(folder, engine)) {
                after.flush();
                assertThat(after.buffered()).isZero();
            }

            assertThat(BufferRig.inLake(engine)).isEqualTo("15 15");
        }
    }

    /// DuckDB refuses checkpoints while it clears up after a reader, and reads wrong values where some came
    /// between a statement's planning and its run.
    @Test
    void readersAndFlushesAreNotInEachOthersWay() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("readers"));
                BufferRig rig = new BufferRig(folder, engine);
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            Future<?> reading = reader.submit(() -> {
                while (!over.get()) {
                    rig.buffer.plans();
                }
            });
            try {
                for (int i = 0; i < 50; i++) {
                    rig.take(i, i + 1);
                    assertThat(rig.flushed().receipt().rows()).isEqualTo(1);
                }
            } finally {
                over.set(true);
            }
            reading.get(10, TimeUnit.SECONDS);

            assertThat(BufferRig.inLake(engine)).isEqualTo("50 50");
        }
    }

    @Test
    void whatIsInTheLakeButCannotBeRemovedHereIsNotCommittedAgain() {
        try (TestEngine engine = new TestEngine(backends.variables("unremovable"));
                BufferRig rig = new BufferRig(folder, engine)) {
            rig.take(0, 10);
            try (BufferFile same = BufferFile.open(folder)) {
                same.read(other -> {
                    other.execute("UPDATE identity SET flushed_to = flushed_to + 1");
                    assertThatThrownBy(rig::flush)
                            .isInstanceOf(FleetException.class)
                            .hasMessageContaining("can't be written");
                    return true;
                });
            }
            assertThat(BufferRig.inLake(engine)).isEqualTo("10 10");
            rig.take(10, 15);
            assertThat(rig.flushed().receipt().rows()).isEqualTo(5);
            assertThat(rig.buffered()).isZero();

            assertThat(BufferRig.inLake(engine)).isEqualTo("15 15");
        }
    }

    @Test
    void aCopyOfABufferNeverTakesTheOthersFlushForItsOwn() throws Exception {
        try (TestEngine engine = new TestEngine(backends.variables("copied"))) {
            try (BufferRig one = new BufferRig(folder, engine)) {
                one.take(0, 10);
            }
            Path copy = Files.createDirectories(folder.resolve("copy"));
            Files.copy(folder.resolve("buffer.duckdb"), copy.resolve("buffer.duckdb"));
            try (BufferRig one = new BufferRig(folder, engine);
                    BufferRig other = new BufferRig(copy, engine)) {
                one.flush();
                one.take(10, 20);
                one.flush();
                other.take(100, 110);
                other.flush();
            }

            assertThat(BufferRig.inLake(engine))
                    .as("the copied records come twice, the others once")
                    .isEqualTo("40 30");
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
                            BufferRig.settings(folder, 1 << 20, 0),
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
                BufferRig rig = new BufferRig(folder, engine)) {
            rig.take(0, 5);
            rig.flush();
            backends.stopPostgres();
            rig.take(5, 10);
            rig.stream
                    .takeOnce(BufferRig.TABLE, Optional.empty(), TestEngine.key("k", "c"), BufferRig.body(10))
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

            assertThat(BufferRig.inLake(engine)).isEqualTo("20 20");
        }
    }

    @Test
    void flushesMoreThanOneBatchHolds() {
        try (TestEngine engine = new TestEngine(backends.variables("many"));
                BufferRig rig = new BufferRig(folder, engine)) {
            rig.take(0, 3_500);

            FlushReceipt receipt = rig.flushed();

            assertThat(receipt.receipt().rows()).isEqualTo(3_500);
            assertThat(BufferRig.inLake(engine)).isEqualTo("3500 3500");
        }
    }
}
