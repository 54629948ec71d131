package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A body that must keep coming: who sends slower than a modest rate after a grace holds a place that others
/// need.
final class PacedBody extends FilterInputStream {

    private final BodyLimits limits;
    private final long startedAt = System.nanoTime();
    private long bytes;

    PacedBody(InputStream body, BodyLimits limits) {
        super(body);
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// @throws FleetException `request_timeout` when the body comes too slowly
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(target, offset, length);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out")) {
                throw BodyLimits.tooSlow(bytes, taken());
            }
            throw e;
        }
        bytes += Math.max(0, count);
        Optional<FleetException> problem = count < 0 ? Optional.empty() : limits.problemOf(bytes, taken());
        if (problem.isPresent()) {
            throw problem.get();
        }
        return count;
    }

    private Duration taken() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
