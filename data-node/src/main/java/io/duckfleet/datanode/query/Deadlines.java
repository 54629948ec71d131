package io.duckfleet.datanode.query;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Stops queries whose time is over.
public final class Deadlines implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deadlines").factory());

    /// Stops `signal` after `limit`, unless the returned future is cancelled before.
    Future<?> start(StopSignal signal, Duration limit) {
        return clock.schedule(
                () -> signal.stop(StopSignal.Reason.DEADLINE), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
