package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged while this is open.
final class LogLook extends Handler implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    LogLook() {
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {}

    /// Until `times` lines have begun with `text`.
    void await(long times, String text) {
        assertThat(isTold(times, text, PATIENCE))
                .as("told in the log: %s", text)
                .isTrue();
    }

    /// Whether `times` lines have begun with `text`, now or within `patience`.
    boolean isTold(long times, String text, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (count(text) < times) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /// How many lines have begun with `text`.
    long count(String text) {
        return records.stream()
                .filter(line -> String.valueOf(line.getMessage()).startsWith(text))
                .count();
    }

    /// The errors, and all that comes with a stack.
    List<String> errors() {
        return records.stream()
                .filter(line -> line.getThrown() != null || line.getLevel().intValue() > Level.WARNING.intValue())
                .map(line -> line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown())
                .toList();
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
