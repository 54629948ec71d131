package io.duckfleet.coordinator.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Coalescer<String> coalescer = new Coalescer<>(LONG);

    private static Part now(Coalescer<String>.Place place) {
        return place.await(LONG, new StopSignal());
    }

    /// An answer that knows how many were made, and how many of them are open.
    private record Counted(long number, AtomicInteger open) implements ReadyResult {

        Counted {
            open.incrementAndGet();
        }

        @Override
        public ResultFormat format() {
            return ResultFormat.JSON;
        }

        @Override
        public long rows() {
            return number;
        }

        @Override
        public long writeTo(OutputStream out) {
            return number;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @Test
    void letsTheFirstLeadAndAnswersThoseWhoCameBeforeItStarted() {
        AtomicInteger open = new AtomicInteger();
        try (var first = coalescer.join("q");
                var second = coalescer.join("q");
                var third = coalescer.join("q");
                var other = coalescer.join("another")) {
            assertThat(now(first)).isInstanceOf(Part.Lead.class);
            assertThat(now(other)).isInstanceOf(Part.Lead.class);
            first.start();
            assertThat(first.isFollowed()).isTrue();

            first.answer(() -> new Counted(7, open));

            assertThat(answer(second).rows()).isEqualTo(7);
            assertThat(answer(third)).isNotSameAs(answer(second));
            assertThat(open).hasValue(2);
        }
        assertThat(coalescer.size()).isZero();
    }

    private static ReadyResult answer(Coalescer<String>.Place place) {
        return ((Part.Answered) now(place)).answer();
    }

    @Test
    void givesWhoComesTooLateTheNextRun() {
        var first = coalescer.join("q");
        assertThat(now(first)).isInstanceOf(Part.Lead.class);
        first.start();
        var late = coalescer.join("q");
        var later = coalescer.join("q");

        assertThat(first.isFollowed()).isFalse();
        first.close();

        assertThat(now(late)).isInstanceOf(Part.Lead.class);
        late.start();
        assertThat(late.isFollowed()).isTrue();
        late.close();
        assertThat(now(later)).isInstanceOf(Part.Alone.class);
        later.close();
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void startsTheNextRunBesideOneThatTakesLong() {
        Coalescer<String> impatient = new Coalescer<>(SHORT);
        try (var running = impatient.join("q")) {
            assertThat(now(running)).isInstanceOf(Part.Lead.class);
            running.start();
            try (var late = impatient.join("q");
                    var later = impatient.join("q")) {
                assertThat(now(late)).isInstanceOf(Part.Lead.class);
                late.start();
                late.refuse(new FleetException(ErrorCode.SQL_FAILED, "no"));

                assertThat(code(now(later))).isEqualTo(ErrorCode.SQL_FAILED);
            }
        }
        assertThat(impatient.size()).isZero();
    }

    @Test
    void tellsFollowersOfAFailureOrLetsThemRunAlone() {
        var leader = coalescer.join("q");
        var follower = coalescer.join("q");
        assertThat(now(leader)).isInstanceOf(Part.Lead.class);
        leader.start();
        FleetException failure = new FleetException(ErrorCode.SQL_FAILED, "no");
        leader.refuse(failure);
        assertThat(now(follower)).isEqualTo(new Part.Refused(failure));
        leader.close();
        follower.close();

        leader = coalescer.join("q");
        follower = coalescer.join("q");
        leader.start();
        leader.close();
        assertThat(now(follower)).isInstanceOf(Part.Alone.class);
        follower.close();
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void passesTheLeadOnWhenTheLeaderLeavesBeforeItStarts() {
        var leader = coalescer.join("q");
        var next = coalescer.join("q");
        assertThat(now(leader)).isInstanceOf(Part.Lead.class);
        leader.close();

        assertThat(now(next)).isInstanceOf(Part.Lead.class);
        next.close();
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void endsTheWaitingByTheDeadlineOrTheSignal() {
        AtomicInteger open = new AtomicInteger();
        try (var leader = coalescer.join("q");
                var late = coalescer.join("q");
                var stopped = coalescer.join("q")) {
            StopSignal signal = new StopSignal();
            signal.stop(StopSignal.Reason.CANCELLED);

            assertThat(code(late.await(SHORT, new StopSignal()))).isEqualTo(ErrorCode.DEADLINE);
            assertThat(code(stopped.await(LONG, signal))).isEqualTo(ErrorCode.CANCELLED);

            leader.start();
            assertThat(leader.isFollowed()).isFalse();
            leader.answer(() -> new Counted(1, open));
            assertThat(open).hasValue(0);
        }
        assertThat(coalescer.size()).isZero();
    }

    private static ErrorCode code(Part part) {
        return ((Part.Refused) part).failure().code();
    }

    /// Whoever asks after a change is told of it; nobody waits for ever, and nothing is left over. Some are
    /// stopped, some runs fail.
    @Test
    void neverGivesAnAnswerThatIsOlderThanItsQuestion() throws InterruptedException, ExecutionException {
        Coalescer<String> shared = new Coalescer<>(Duration.ofMillis(1));
        AtomicLong changes = new AtomicLong();
        AtomicInteger open = new AtomicInteger();
        AtomicInteger followed = new AtomicInteger();
        List<Future<?>> asking = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                int client = i;
                asking.add(threads.submit(() -> {
                    for (int turn = 0; turn < 2_000; turn++) {
                        long before = changes.incrementAndGet();
                        StopSignal signal = new StopSignal();
                        if ((client + turn) % 50 == 0) {
                            signal.stop(StopSignal.Reason.CANCELLED);
                        }
                        try (var place = shared.join("q")) {
                            switch (place.await(LONG, signal)) {
                                case Part.Lead() -> {
                                    place.start();
                                    long seen = changes.get();
                                    assertThat(seen).isGreaterThanOrEqualTo(before);
                                    if (turn % 7 == 0) {
                                        place.refuse(new FleetException(ErrorCode.SQL_FAILED, "no"));
                                    } else if (turn % 11 != 0) {
                                        place.answer(() -> new Counted(seen, open));
                                    }
                                }
                                case Part.Answered(ReadyResult answer) -> {
                                    assertThat(answer.rows()).isGreaterThanOrEqualTo(before);
                                    followed.incrementAndGet();
                                    answer.close();
                                }
                                case Part.Alone() -> {}
                                case Part.Refused(FleetException failure) ->
                                    assertThat(failure.code()).isIn(ErrorCode.SQL_FAILED, ErrorCode.CANCELLED);
                            }
                        }
                    }
                }));
            }
            for (Future<?> client : asking) {
                client.get();
            }
        }
        assertThat(followed).hasPositiveValue();
        assertThat(open).hasValue(0);
        assertThat(shared.size()).isZero();
    }
}
