package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged while this is open.
final class LogLook extends Handler implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void await(int times, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (records.stream()
                        .filter(line -> String.valueOf(line.getMessage()).startsWith(text))
                        .count()
                < times) {
            assertThat(System.nanoTime()).as("never logged: %s", text).isLessThan(end);
            Thread.onSpinWait();
        }
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
