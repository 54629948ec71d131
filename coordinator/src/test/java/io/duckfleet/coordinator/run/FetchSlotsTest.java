package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FetchSlotsTest {

    private static final URI BUSY = URI.create("http://busy:1");
    private static final URI IDLE = URI.create("http://idle:1");
    private static final Deadline SOON = Deadline.in(Duration.ofMillis(20));
    private static final Deadline LATE = Deadline.in(Duration.ofMinutes(1));

    @Test
    void boundFragmentsAtEachNodeAndLetTheOthersPass() throws InterruptedException {
        FetchSlots slots = new FetchSlots(10, 2);
        FetchSlots.Slot first = slots.take(BUSY, LATE);
        FetchSlots.Slot second = slots.take(BUSY, LATE);

        assertDeadline(slots, BUSY);
        slots.take(IDLE, LATE).close();
        first.close();

        slots.take(BUSY, LATE).close();
        second.close();
    }

    @Test
    void boundFragmentsInAll() throws InterruptedException {
        FetchSlots slots = new FetchSlots(3, 2);
        List<FetchSlots.Slot> taken = new ArrayList<>();
        taken.add(slots.take(BUSY, LATE));
        taken.add(slots.take(BUSY, LATE));
        taken.add(slots.take(IDLE, LATE));

        assertDeadline(slots, IDLE);
        taken.getFirst().close();

        slots.take(IDLE, LATE).close();
    }

    @Test
    void areNeverMoreThanTheBoundUnderManyThreads() throws Exception {
        FetchSlots slots = new FetchSlots(5, 3);
        AtomicInteger inAll = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Phaser together = new Phaser(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> fetches = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                URI node = i % 3 == 0 ? IDLE : BUSY;
                together.register();
                fetches.add(threads.submit(() -> {
                    together.arriveAndAwaitAdvance();
                    FetchSlots.Slot slot = slots.take(node, LATE);
                    most.accumulateAndGet(inAll.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inAll.decrementAndGet();
                    slot.close();
                    return node;
                }));
            }
            together.arriveAndDeregister();
            for (Future<?> fetch : fetches) {
                fetch.get();
            }
        }

        assertThat(most.get()).isBetween(1, 5);
    }

    private static void assertDeadline(FetchSlots slots, URI node) {
        assertThatThrownBy(() -> slots.take(node, SOON))
                .isInstanceOfSatisfying(
                        FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE));
    }
}
