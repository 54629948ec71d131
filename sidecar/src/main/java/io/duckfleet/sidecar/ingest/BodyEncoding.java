package io.duckfleet.sidecar.ingest;

import com.github.luben.zstd.ZstdInputStream;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// How a body is compressed, by its `Content-Encoding`. The server leaves bodies as they are, so that what
/// they grow to is read, and bounded, like everything else.
public enum BodyEncoding {
    IDENTITY,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;

    /// The encoding that a request names.
    ///
    /// @throws FleetException `unsupported_media_type` for any other
    public static BodyEncoding parse(@Nullable String text) {
        String name = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default ->
                throw new FleetException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding gzip or zstd was expected, not \"%s\"".formatted(name));
        };
    }

    /// The body without its compression.
    ///
    /// @throws FleetException `invalid_request` if it isn't so compressed
    public InputStream decoded(InputStream body) {
        try {
            return switch (this) {
                case IDENTITY -> body;
                case GZIP -> new GZIPInputStream(body, BUFFER);
                case ZSTD -> new ZstdInputStream(body);
            };
        } catch (IOException e) {
            throw FleetException.invalid("body", "is not compressed as its Content-Encoding says");
        }
    }

    /// The whole body without its compression.
    ///
    /// @throws FleetException `invalid_request` if it isn't so compressed, `body_too_large` if it has more
    /// than `maxBytes`
    public byte[] decoded(byte[] body, int maxBytes) {
        if (this == IDENTITY) {
            return body;
        }
        try (InputStream decoded = decoded(new ByteArrayInputStream(body))) {
            byte[] bytes = decoded.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new FleetException(
                        ErrorCode.BODY_TOO_LARGE,
                        "the body has more than %d bytes when it is no longer compressed".formatted(maxBytes));
            }
            return bytes;
        } catch (IOException e) {
            throw FleetException.invalid("body", "is not compressed as its Content-Encoding says");
        }
    }

    /// How long the decoded body is, where that is known from its Content-Length; else negative.
    public long decodedLength(long contentLength) {
        return this == IDENTITY ? contentLength : -1;
    }
}
