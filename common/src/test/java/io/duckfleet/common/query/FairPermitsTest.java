package io.duckfleet.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.query.FairPermits.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FairPermitsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final FairPermits permits = new FairPermits(10);

    @Test
    void givesWhatIsFree() {
        assertThat(permits.tryAcquire(4)).isTrue();
        assertThat(permits.acquire(6, LONG, new StopSignal())).isEqualTo(Outcome.GRANTED);
        assertThat(permits.tryAcquire(1)).isFalse();

        permits.release(10);

        assertThat(permits.available()).isEqualTo(10);
    }

    @Test
    void givesUpInTime() {
        permits.tryAcquire(10);

        assertThat(permits.acquire(1, Duration.ofMillis(10), new StopSignal())).isEqualTo(Outcome.TIMED_OUT);
        assertThat(permits.available()).isZero();
    }

    @Test
    void letsGoOfWhoIsStopped() {
        permits.tryAcquire(10);
        StopSignal signal = new StopSignal();
        CompletableFuture<Outcome> waiting = CompletableFuture.supplyAsync(() -> permits.acquire(1, LONG, signal));

        signal.stop(StopSignal.Reason.CANCELLED);

        assertThat(waiting.join()).isEqualTo(Outcome.STOPPED);
        permits.release(10);
        assertThat(permits.available()).isEqualTo(10);
    }

    @Test
    void servesInTheOrderOfAskingAndPassesOverWhoHasLeft() {
        permits.tryAcquire(10);
        StopSignal impatient = new StopSignal();
        CompletableFuture<Outcome> large = waiting(8, impatient);
        CompletableFuture<Outcome> second = waiting(3, new StopSignal());
        CompletableFuture<Outcome> third = waiting(2, new StopSignal());

        permits.release(5);
        assertThat(permits.available()).isEqualTo(5);
        impatient.stop(StopSignal.Reason.CANCELLED);

        assertThat(large.join()).isEqualTo(Outcome.STOPPED);
        assertThat(second.join()).isEqualTo(Outcome.GRANTED);
        assertThat(third.join()).isEqualTo(Outcome.GRANTED);
        assertThat(permits.available()).isZero();
    }

    /// Asks on a thread of its own, and returns when it waits.
    private CompletableFuture<Outcome> waiting(int wanted, StopSignal signal) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(
                () -> {
                    thread.complete(Thread.currentThread());
                    return permits.acquire(wanted, LONG, signal);
                },
                task -> Thread.ofPlatform().daemon().start(task));
        while (thread.join().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return outcome;
    }
}
