package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;

/// A body that must keep coming: who sends slower than a modest rate after a grace holds a place that others
/// need.
final class PacedBody extends FilterInputStream {

    private static final long LEAST_BYTES_PER_SECOND = 16 * 1024;

    private final Duration grace;
    private final long startedAt = System.nanoTime();
    private long bytes;

    PacedBody(InputStream body, Duration grace) {
        super(body);
        this.grace = grace;
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
                throw tooSlow(e);
            }
            throw e;
        }
        bytes += Math.max(0, count);
        long allowed = grace.plusSeconds(bytes / LEAST_BYTES_PER_SECOND).toNanos();
        if (count >= 0 && System.nanoTime() - startedAt > allowed) {
            throw tooSlow(new IOException("slow body"));
        }
        return count;
    }

    private FleetException tooSlow(IOException e) {
        return new FleetException(
                ErrorCode.REQUEST_TIMEOUT,
                "the body came too slowly: %d bytes in %d s; send it again, faster or in smaller parts"
                        .formatted(
                                bytes,
                                Duration.ofNanos(System.nanoTime() - startedAt).toSeconds()),
                e);
    }
}
