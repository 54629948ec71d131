package io.duckfleet.common.results;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;

/// How large a result may get, in bytes as it is sent.
public record ResultLimit(long bytes) {

    private static final long MEGABYTE = 1 << 20;

    /// A gigabyte.
    public static final ResultLimit STANDARD = new ResultLimit(1 << 30);

    public ResultLimit {
        if (bytes < 1) {
            throw new IllegalArgumentException("a limit of %d bytes lets nothing through".formatted(bytes));
        }
    }

    /// Whether a result of `size` bytes is too large.
    public boolean isExceededBy(long size) {
        return size > bytes;
    }

    /// The error for a result that is too large.
    public FleetException exceeded() {
        return new FleetException(
                ErrorCode.RESULT_TOO_LARGE,
                "the result is larger than the %s that it may have; ask for fewer rows or columns, or aggregate"
                        .formatted(text()));
    }

    private String text() {
        return bytes % MEGABYTE == 0 ? bytes / MEGABYTE + " MiB" : bytes + " bytes";
    }
}
