package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/// A body that must keep coming: who sends slower than a modest rate after a grace holds a place that others
/// need. What comes too slowly, or breaks off, is told in one line of the log. The time
/// that passes between reads is our own, and isn't counted.
final class PacedBody extends FilterInputStream {

    private static final Logger LOG = Logger.getLogger(PacedBody.class);

    private final BodyLimits limits;
    private Duration waited = Duration.ZERO;
    private long bytes;
    private boolean failed;

    PacedBody(InputStream body, BodyLimits limits) {
        super(body);
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// @throws FleetException `request_timeout` when the body comes too slowly, `invalid_request` when it
    /// breaks off
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        long began = System.nanoTime();
        try {
            count = super.read(target, offset, length);
            waited = waited.plusNanos(System.nanoTime() - began);
        } catch (IOException e) {
            waited = waited.plusNanos(System.nanoTime() - began);
            throw told(
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out")
                            ? BodyLimits.tooSlow(bytes, waited)
                            : BodyLimits.brokenOff(bytes, e));
        }
        bytes += Math.max(0, count);
        Optional<FleetException> problem = count < 0 ? Optional.empty() : limits.problemOf(bytes, waited);
        if (problem.isPresent()) {
            throw told(problem.get());
        }
        return count;
    }

    private FleetException told(FleetException problem) {
        failed = true;
        LOG.info(problem.detail());
        return problem;
    }

    /// Closing a body reads it to its end; of one that failed nothing more is awaited.
    @Override
    public void close() throws IOException {
        if (!failed) {
            super.close();
        }
    }
}
