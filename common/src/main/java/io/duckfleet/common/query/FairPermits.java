package io.duckfleet.common.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// So many permits, given in the order of asking. Unlike at a semaphore, whoever waits can be stopped by a
/// [StopSignal]. Thread-safe.
public final class FairPermits {

    /// How waiting for permits ended.
    public enum Outcome {
        GRANTED,
        TIMED_OUT,
        STOPPED
    }

    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int free;

    public FairPermits(int permits) {
        free = permits;
    }

    /// Takes `wanted` permits if they are free and nobody waits.
    public synchronized boolean tryAcquire(int wanted) {
        if (!waiters.isEmpty() || wanted > free) {
            return false;
        }
        free -= wanted;
        return true;
    }

    /// Waits for `wanted` permits, at most for `patience`, and no longer than until `signal` stops the query.
    /// Afterwards the signal stops nothing.
    public Outcome acquire(int wanted, Duration patience, StopSignal signal) {
        Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
        enqueue(waiter);
        signal.watch(() -> waiter.end(Outcome.STOPPED));
        try {
            return waiter.outcome().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return waiter.end(Outcome.TIMED_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return waiter.end(Outcome.STOPPED);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            signal.release();
            leave(waiter);
        }
    }

    /// Gives permits back.
    public synchronized void release(int permits) {
        free += permits;
        grant();
    }

    public synchronized int available() {
        return free;
    }

    private synchronized void enqueue(Waiter waiter) {
        waiters.add(waiter);
        grant();
    }

    /// One that gave up may have been the one that the others waited for.
    private synchronized void leave(Waiter waiter) {
        if (waiters.remove(waiter)) {
            grant();
        }
    }

    private void grant() {
        Waiter next = waiters.peek();
        while (next != null && next.wanted() <= free) {
            waiters.remove();
            if (next.end(Outcome.GRANTED) == Outcome.GRANTED) {
                free -= next.wanted();
            }
            next = waiters.peek();
        }
    }

    private record Waiter(int wanted, CompletableFuture<Outcome> outcome) {

        /// Ends the waiting, unless it has ended; returns how it ended.
        Outcome end(Outcome how) {
            outcome.complete(how);
            return outcome.join();
        }
    }
}
