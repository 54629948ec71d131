package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.InputStream;
import java.time.Duration;

/// How slow a body may come, and how large a file may be.
public record BodyLimits(Duration grace, long maxFileBytes) {

    InputStream paced(InputStream body) {
        return new PacedBody(body, grace);
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
