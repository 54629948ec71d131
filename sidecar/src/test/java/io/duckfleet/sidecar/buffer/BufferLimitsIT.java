package io.duckfleet.sidecar.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A buffer that is full, and a disk that is.
class BufferLimitsIT {

    private static final TestBackends backends = TestBackends.start();

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void aFullBufferRefusesUntilItIsFlushed() {
        try (TestEngine engine = new TestEngine(backends.variables("bounded"));
                BufferRig rig = new BufferRig(BufferRig.settings(folder, 3_000, 0), engine)) {
            int taken = 0;
            while (isAdmitted(rig)) {
                rig.take(taken, taken + 1);
                taken++;
            }
            assertThat(taken).isBetween(8, 14);

            rig.flush();

            assertThat(isAdmitted(rig)).isTrue();
            assertThat(BufferRig.inLake(engine)).isEqualTo(taken + " " + taken);
        }
    }

    private static boolean isAdmitted(BufferRig rig) {
        try {
            rig.stream.admit(250);
            return true;
        } catch (FleetException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
            return false;
        }
    }

    @Test
    void keepsRoomOnTheDiskForFlushes() {
        long free = folder.toFile().getUsableSpace();
        try (TestEngine engine = new TestEngine(backends.variables("reserve"));
                BufferRig rig = new BufferRig(BufferRig.settings(folder, 1 << 20, free * 2), engine)) {

            assertThat(codeOf(rig.stream.take(BufferRig.TABLE, Optional.empty(), BufferRig.body(1))))
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
            try (BufferRig after = new BufferRig(folder, engine)) {
                after.flush();
            }

            assertThat(BufferRig.inLake(engine)).isEqualTo(acked + " " + acked);
        } finally {
            SmallDisk.unmount(folder);
        }
    }

    /// Records until the disk is full, another program's file that takes what is left, and its removal.
    private int fillAndFlush(TestEngine engine) throws Exception {
        int acked = 0;
        try (BufferRig rig = new BufferRig(folder, engine)) {
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
            assertThat(codeOf(rig.stream.take(BufferRig.TABLE, Optional.empty(), BufferRig.body(-1))))
                    .isEqualTo(ErrorCode.BUFFER_DISK_FULL);
            assertThat(rig.buffered()).isEqualTo(acked);
            Files.delete(ballast);
            rig.stream
                    .take(BufferRig.TABLE, Optional.empty(), BufferRig.body(-2))
                    .join();
            return acked + 1;
        }
    }

    private static List<CompletableFuture<StreamService.Outcome>> send(BufferRig rig, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> rig.stream.take(BufferRig.TABLE, Optional.empty(), BufferRig.body(i + 1_000_000)))
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
