package io.duckfleet.sidecar.buffer;

import java.nio.file.Path;
import java.time.Duration;

/// How the buffer is kept, and when it is flushed by itself. `maxBytes` of records are buffered at most;
/// `reserveBytes` of the disk stay free for flushes; a table is flushed when it has `flushRows` records,
/// `flushBytes` of them, or one that is `flushAge` old.
public record BufferSettings(
        Path directory, long maxBytes, long reserveBytes, long flushRows, long flushBytes, Duration flushAge) {

    public BufferSettings {
        require(maxBytes > 0, "the buffer's size must be more than 0 bytes");
        require(reserveBytes >= 0, "the reserve must not be negative");
        require(flushRows > 0 && flushBytes > 0, "a flush needs at least one record");
        require(flushAge.isPositive(), "the age of a flush must be positive");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
