package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// How slow a body may come, and how large a file may be.
public record BodyLimits(Duration grace, long maxFileBytes) {

    private static final long LEAST_BYTES_PER_SECOND = 16 * 1024;

    InputStream paced(InputStream body) {
        return new PacedBody(body, this);
    }

    /// What is wrong with a body of which `bytes` have come in the time `taken`, if it is too slow.
    Optional<FleetException> problemOf(long bytes, Duration taken) {
        Duration allowed = grace.plusSeconds(bytes / LEAST_BYTES_PER_SECOND);
        return taken.compareTo(allowed) > 0 ? Optional.of(tooSlow(bytes, taken)) : Optional.empty();
    }

    static FleetException tooSlow(long bytes, Duration taken) {
        return new FleetException(
                ErrorCode.REQUEST_TIMEOUT,
                "the body came too slowly: %d bytes in %d s; send it again, faster or in smaller parts"
                        .formatted(bytes, taken.toSeconds()));
    }

    static FleetException brokenOff(long bytes, IOException cause) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST,
                "the body broke off after %d bytes; send it again, whole".formatted(bytes),
                cause);
    }

    /// @throws FleetException `body_too_large` for a file over the limit
    void checkFile(long bytes) {
        if (bytes > maxFileBytes) {
            throw new FleetException(
                    ErrorCode.BODY_TOO_LARGE,
                    "the file has %d bytes, over the limit of %d; send it in parts, or as JSON lines, which may have any length"
                            .formatted(bytes, maxFileBytes));
        }
    }
}
