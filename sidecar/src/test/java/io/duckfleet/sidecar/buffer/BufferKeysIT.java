package io.duckfleet.sidecar.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.TestBackends;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.BatchKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys of single records: in the buffer, in the lake, and after a restart.
class BufferKeysIT {

    private static final TestBackends backends = TestBackends.start();

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void theLedgerHoldsNoKeyOfAFlushThatIsDone() {
        try (TestEngine engine = new TestEngine(backends.variables("forgotten"));
                BufferRig rig = new BufferRig(folder, engine)) {
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
                BufferRig one = new BufferRig(folder.resolve("one"), engine);
                BufferRig other = new BufferRig(folder.resolve("other"), engine)) {
            one.stream
                    .takeOnce(BufferRig.TABLE, Optional.empty(), key, BufferRig.body(1))
                    .join();
            other.stream
                    .takeOnce(BufferRig.TABLE, Optional.empty(), key, BufferRig.body(1))
                    .join();
            other.stream
                    .takeOnce(BufferRig.TABLE, Optional.empty(), TestEngine.key("two", "x"), BufferRig.body(2))
                    .join();
            one.flush();
            other.flush();

            assertThat(BufferRig.inLake(engine)).isEqualTo("2 2");
            assertThat(other.buffered()).isZero();
        }
    }

    @Test
    void equalContentWithoutAKeyCountsEachTimeAlsoAfterARestart() throws Exception {
        Map<String, String> variables = backends.variables("equal");
        for (int start = 0; start < 2; start++) {
            try (TestEngine engine = new TestEngine(variables);
                    BufferRig rig = new BufferRig(folder, engine)) {
                rig.take(1, 2);
                rig.take(1, 2);
                rig.flush();
                rig.take(1, 2);
                engine.submit("events", "[{\"id\":1}]").get(120, TimeUnit.SECONDS);
            }
        }
        try (TestEngine engine = new TestEngine(variables);
                BufferRig rig = new BufferRig(folder, engine)) {
            rig.flush();

            assertThat(BufferRig.inLake(engine)).isEqualTo("8 1");
        }
    }

    @Test
    void aKeyIsKnownAfterARestart() {
        BatchKey key = TestEngine.key("again", "same");
        try (TestEngine engine = new TestEngine(backends.variables("keyagain"))) {
            try (BufferRig before = new BufferRig(folder, engine)) {
                before.stream
                        .takeOnce(BufferRig.TABLE, Optional.empty(), key, BufferRig.body(1))
                        .join();
            }
            try (BufferRig after = new BufferRig(folder, engine)) {
                assertThat(after.stream
                                .takeOnce(BufferRig.TABLE, Optional.empty(), key, BufferRig.body(1))
                                .join())
                        .isEqualTo(StreamService.Outcome.REPEATED);
                assertThatThrownBy(() -> after.stream.takeOnce(
                                BufferRig.TABLE, Optional.empty(), TestEngine.key("again", "other"), BufferRig.body(2)))
                        .isInstanceOf(FleetException.class);
                assertThat(after.buffered()).isEqualTo(1);
            }
        }
    }
}
