package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.sidecar.TestBackends;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// One writer at a time: mirrors of two sidecars on one lake.
class MirrorLockIT {

    private static final int ROUNDS = 12;
    private static final long PATIENCE_SECONDS = 120;

    /// Returns when they are gone, and their locks with them; within two minutes.
    private static final String TERMINATE_HOLDERS = """
            SELECT pg_terminate_backend(pid, 120000) FROM pg_locks
            WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
            """;

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void leavesItToTheOneThatIsAtItAndTakesOverWhenThatIsGone() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("lock"), Duration.ofMinutes(15))) {
            rig.ingest("t", "[{\"id\":1}]");
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> rig.holdLock(held, released));
            assertThat(held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            assertThat(rig.mirror().catchUp()).isZero();
            assertThat(rig.mirror().state()).isEmpty();

            backends.sql(TERMINATE_HOLDERS);

            assertThat(rig.mirror().catchUp()).isEqualTo(1);
            rig.assertSame("t");
            released.countDown();
            assertThat(other).failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
        }
    }

    /// Two at once would take each other's commits away, and a table would fail.
    @Test
    void twoAtOnceNeverGetInEachOthersWay() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("pair"), Duration.ofMinutes(15));
                Mirror second = rig.anotherMirror()) {
            for (int round = 0; round < ROUNDS; round++) {
                rig.ingest("a", "[{\"id\":%d}]".formatted(round));
                rig.ingest("b", "[{\"id\":%d}]".formatted(round));
                CompletableFuture<Long> beside = CompletableFuture.supplyAsync(second::catchUp);
                rig.mirror().catchUp();
                beside.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertNoFailure(rig.mirror());
                assertNoFailure(second);
            }

            rig.sync();
            second.catchUp();
            assertThat(second.state().orElseThrow().tables()).isEqualTo(2);
            rig.assertSame("a");
            rig.assertSame("b");
        }
    }

    /// One that never had its turn has no state.
    private static void assertNoFailure(Mirror mirror) {
        mirror.state().ifPresent(state -> assertThat(state.failed()).isEmpty());
    }
}
