package io.duckfleet.sidecar.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.commit.GroupQueue.Limits;
import io.duckfleet.sidecar.commit.GroupQueue.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupQueueTest {

    private static final Patience FOR_EVER = new Patience(Duration.ofHours(1), Duration.ofHours(1));
    private static final Limits LIMITS = new Limits(100, 1_000);

    private static Pending pending() {
        return Pending.of(TestEngine.batch("t", "[{\"n\":1}]", BatchKey.madeUp()));
    }

    private static GroupQueue queue(Patience patience, int batches) {
        GroupQueue queue = new GroupQueue(LIMITS, patience);
        IntStream.range(0, batches).forEach(i -> queue.add(pending()));
        return queue;
    }

    @Test
    void takesWhatWaits() {
        GroupQueue queue = queue(FOR_EVER, 20);

        assertThat(queue.next(0)).hasSize(20);
        assertThat(queue.size()).isZero();
    }

    @Test
    void aClientAloneWaitsForNobody() {
        assertThat(queue(FOR_EVER, 1).next(1)).hasSize(1);
        assertThat(queue(FOR_EVER, 2).next(7)).hasSize(2);
    }

    @Test
    void aGroupOfManyWaitsForThoseWhoWereJustAnswered() {
        GroupQueue queue = queue(FOR_EVER, 1);
        CompletableFuture<Void> others = CompletableFuture.runAsync(
                () -> IntStream.range(0, 9).forEach(i -> queue.add(pending())),
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

        assertThat(queue.next(10)).hasSize(10);
        others.join();
    }

    @Test
    void doesNotWaitForThoseWhoDoNotComeAgain() {
        Patience patience = new Patience(Duration.ofMillis(5), Duration.ofHours(1));

        assertThat(queue(patience, 3).next(64)).hasSize(3);
    }

    @Test
    void waitsForAllOfThemNoLongerThanItMay() {
        Patience patience = new Patience(Duration.ofHours(1), Duration.ZERO);

        assertThat(queue(patience, 3).next(64)).hasSize(3);
    }

    @Test
    void aFullGroupWaitsForNobody() {
        GroupQueue ofBatches = queue(FOR_EVER, 101);
        GroupQueue ofBytes = new GroupQueue(new Limits(100, 20), FOR_EVER);
        IntStream.range(0, 12).forEach(i -> ofBytes.add(pending()));

        assertThat(ofBatches.next(1_000)).hasSize(100);
        assertThat(ofBytes.next(1_000)).hasSize(3);
    }

    @Test
    void whatIsPutBackComesFirst() {
        GroupQueue queue = queue(FOR_EVER, 3);
        List<Pending> first = queue.next(0);
        Pending later = pending();
        queue.add(later);

        queue.putBack(first.subList(1, 3));

        assertThat(queue.next(0)).containsExactly(first.get(1), first.get(2), later);
    }

    @Test
    void givesNothingWhenNothingComes() {
        assertThat(queue(FOR_EVER, 0).next(64)).isEmpty();
    }
}
