package io.duckfleet.coordinator.coalesce;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.ReadyResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets those who ask the same share a run that starts after all of them have come, so that each gets what a
/// run of its own could have given. The first who asks leads; who comes once its run has started waits for
/// the next one, which starts when the first has ended, or some time later, whichever is sooner. Thread-safe.
///
/// @param <Q> what is asked, with `equals` and `hashCode`
public final class Coalescer<Q> {

    private final Duration patience;
    private final Map<Q, Group> groups = new HashMap<>();

    /// @param patience how long one waits for the end of a run that it came too late for
    public Coalescer(Duration patience) {
        this.patience = patience;
    }

    /// A place among those who ask `question`.
    public synchronized Place join(Q question) {
        Group group = groups.computeIfAbsent(question, asked -> new Group());
        Place place = new Place(question, group);
        group.waiting.add(place);
        if (group.running == 0) {
            group.form();
        }
        return place;
    }

    /// How many ask at this moment, with those who run.
    public synchronized int size() {
        return groups.values().stream().mapToInt(group -> group.members).sum();
    }

    /// Those who ask the same; guarded by the coalescer.
    private final class Group {

        private final Deque<Place> waiting = new ArrayDeque<>();
        private @Nullable Place forming;
        private int running;
        private int members;

        /// Lets the first who still waits lead a run, unless one is about to start.
        private void form() {
            while (forming == null && !waiting.isEmpty()) {
                Place next = waiting.remove();
                if (next.part.complete(new Part.Lead())) {
                    forming = next;
                }
            }
        }
    }

    /// One who asks. For one thread; closed when its part is done.
    public final class Place implements AutoCloseable {

        private final Q question;
        private final Group group;
        private final CompletableFuture<Part> part = new CompletableFuture<>();
        private List<Place> followers = List.of();
        private boolean runs;

        private Place(Q question, Group group) {
            this.question = question;
            this.group = group;
            group.members++;
        }

        /// Waits until it is known what becomes of this one; `signal` ends that, and stops nothing afterwards.
        ///
        /// @return [Part.Refused] with `deadline` if `limit` has passed, with `cancelled` if it was stopped
        public Part await(Duration limit, StopSignal signal) {
            signal.watch(
                    () -> refuse(ErrorCode.CANCELLED, "the query was cancelled while it waited for another like it"));
            try {
                return await(System.nanoTime() + limit.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                refuse(ErrorCode.CANCELLED, "the query was interrupted while it waited for another like it");
                return part.join();
            } finally {
                signal.release();
            }
        }

        private Part await(long end) throws InterruptedException {
            while (true) {
                long left = end - System.nanoTime();
                try {
                    return part.get(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (left <= patience.toNanos()) {
                        refuse(
                                ErrorCode.DEADLINE,
                                "the deadline has passed while the query waited for another like it");
                    } else {
                        formWithoutWaiting();
                    }
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void refuse(ErrorCode code, String detail) {
            part.complete(new Part.Refused(new FleetException(code, detail)));
        }

        private void formWithoutWaiting() {
            synchronized (Coalescer.this) {
                group.form();
            }
        }

        /// The leader's run starts: those who wait follow it, those who come from now on don't.
        public void start() {
            synchronized (Coalescer.this) {
                followers = new ArrayList<>(group.waiting);
                group.waiting.clear();
                group.forming = null;
                group.running++;
                runs = true;
            }
        }

        /// Whether anybody waits for the answer of this leader's run.
        public boolean isFollowed() {
            return followers.stream().anyMatch(follower -> !follower.part.isDone());
        }

        /// Gives each follower who still waits an answer of its own.
        public void answer(Supplier<? extends ReadyResult> answers) {
            for (Place follower : followers) {
                if (!follower.part.isDone()) {
                    ReadyResult answer = answers.get();
                    if (!follower.part.complete(new Part.Answered(answer))) {
                        answer.close();
                    }
                }
            }
        }

        /// Tells each follower how the run has failed.
        public void refuse(FleetException failure) {
            followers.forEach(follower -> follower.part.complete(new Part.Refused(failure)));
        }

        /// Leaves. Followers that have got nothing run alone; the next run may start.
        @Override
        public void close() {
            followers.forEach(follower -> follower.part.complete(new Part.Alone()));
            synchronized (Coalescer.this) {
                group.waiting.remove(this);
                if (group.forming == this) {
                    group.forming = null;
                }
                group.running -= runs ? 1 : 0;
                group.members--;
                if (group.running == 0) {
                    group.form();
                }
                if (group.members == 0) {
                    groups.remove(question);
                }
            }
        }
    }
}
