package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads a body into memory, within a limit and a share of the budget.
public final class BodyReader {

    private static final int FIRST_BYTES = 64 * 1024;

    private final long maxBytes;

    public BodyReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Reads `body` to its end; `declared` is the Content-Length, negative when there is none.
    ///
    /// @throws FleetException `invalid_request` when the body breaks off, `body_too_large` over the limit,
    /// `overloaded` when the budget is spent
    byte[] read(InputStream body, long declared, IngestBudget.Share share) {
        if (declared > maxBytes) {
            throw tooLarge();
        }
        int size = (int) (declared < 0 ? Math.min(FIRST_BYTES, maxBytes) : declared);
        share.take(size);
        try {
            byte[] bytes = new byte[size];
            int filled = body.readNBytes(bytes, 0, size);
            while (filled == bytes.length) {
                int next = body.read();
                if (next < 0) {
                    return bytes;
                }
                bytes = grown(bytes, share);
                bytes[filled++] = (byte) next;
                filled += body.readNBytes(bytes, filled, bytes.length - filled);
            }
            return Arrays.copyOf(bytes, filled);
        } catch (IOException e) {
            throw new FleetException(ErrorCode.INVALID_REQUEST, "the body broke off; send it again, whole", e);
        }
    }

    private byte[] grown(byte[] bytes, IngestBudget.Share share) {
        if (bytes.length >= maxBytes) {
            throw tooLarge();
        }
        int size = (int) Math.min(maxBytes, Math.max(FIRST_BYTES, bytes.length * 2L));
        share.take(size - bytes.length);
        return Arrays.copyOf(bytes, size);
    }

    private FleetException tooLarge() {
        return new FleetException(
                ErrorCode.BODY_TOO_LARGE,
                "the body is over the limit of %d bytes; send the records in several requests".formatted(maxBytes));
    }
}
