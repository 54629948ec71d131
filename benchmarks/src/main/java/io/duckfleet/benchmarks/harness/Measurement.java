package io.duckfleet.benchmarks.harness;

import java.time.Duration;
import java.util.OptionalLong;

/// What one run took: time, and the greatest memory of the process that did the work, in bytes, where it is
/// known.
public record Measurement(Duration time, OptionalLong peakBytes) {

    /// Times `work`, without a look at memory.
    public static Measurement timing(ThrowingRunnable work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return new Measurement(Duration.ofNanos(System.nanoTime() - start), OptionalLong.empty());
    }

    /// The mean time of doing `work` so many times, one after another: for work of some milliseconds.
    public static Measurement mean(int times, ThrowingRunnable work) throws Exception {
        Measurement all = timing(() -> {
            for (int i = 0; i < times; i++) {
                work.run();
            }
        });
        return new Measurement(all.time().dividedBy(times), OptionalLong.empty());
    }

    public Measurement withPeakBytes(OptionalLong bytes) {
        return new Measurement(time, bytes);
    }

    /// Work that may fail.
    @FunctionalInterface
    public interface ThrowingRunnable {
        void run() throws Exception;
    }
}
