package io.duckfleet.sidecar.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that are flushed by themselves: for so many records, so many bytes, or one that is old.
class AutomaticFlushIT {

    private static final TestBackends backends = TestBackends.start();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int MANY = 1_000_000;

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void flushesATableThatHasEnoughRecords() {
        BufferSettings settings = new BufferSettings(folder, 1L << 30, 0, 20, 1L << 30, NEVER);

        assertThat(flushedAfter("byrows", settings, 19, 1)).isEqualTo("20 20");
    }

    @Test
    void flushesATableThatHasEnoughBytes() {
        BufferSettings settings = new BufferSettings(folder, 1L << 30, 0, MANY, 4_000, NEVER);

        assertThat(flushedAfter("bybytes", settings, 5, 20)).isEqualTo("25 25");
    }

    @Test
    void flushesATableWithAnOldRecord() {
        BufferSettings settings = new BufferSettings(folder, 1L << 30, 0, MANY, 1L << 30, Duration.ofSeconds(1));

        assertThat(flushedAfter("byage", settings, 0, 3)).isEqualTo("3 3");
    }

    @Test
    void flushesWhenTheBufferIsHalfFull() {
        BufferSettings settings = new BufferSettings(folder, 8_000, 0, MANY, 1L << 30, NEVER);

        assertThat(flushedAfter("byroom", settings, 5, 15)).isEqualTo("20 20");
    }

    /// Takes `few` records, for which nothing happens by itself, and `more`, after which a flush must come.
    private static String flushedAfter(String schema, BufferSettings settings, int few, int more) {
        try (TestEngine engine = new TestEngine(backends.variables(schema));
                BufferRig rig = new BufferRig(settings, engine);
                FlushSchedule schedule = new FlushSchedule(rig.buffer, rig.flusher, Clock.systemUTC())) {
            rig.take(0, few);
            assertThat(schedule.due()).isEmpty();
            schedule.start();
            rig.take(few, few + more);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (rig.buffered() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return BufferRig.inLake(engine);
        }
    }
}
