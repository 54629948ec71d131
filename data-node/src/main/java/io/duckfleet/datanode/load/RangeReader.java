package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Reads ranges of one object. What is there is asked as often as the SDK does, so that a wrong address is
/// told at once; ranges are asked for about half a minute, so that a short outage doesn't end a load.
/// Thread-safe.
final class RangeReader {

    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int PRECONDITION_FAILED = 412;
    private static final int SERVER_ERROR = 500;

    private final S3Client client;
    private final S3Location location;

    RangeReader(S3Client client, S3Location location) {
        this.client = client;
        this.location = location;
    }

    /// What is there now. It asks for a byte, as an answer to HEAD doesn't tell what is wrong.
    ///
    /// @throws LoadException if there is no such object, it is empty, or it can't be read
    ObjectVersion current() {
        try {
            GetObjectResponse response = client.getObject(
                            request -> request.bucket(location.bucket())
                                    .key(location.key())
                                    .range("bytes=0-0"),
                            ResponseTransformer.toBytes())
                    .response();
            return versionOf(response);
        } catch (SdkException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    private ObjectVersion versionOf(GetObjectResponse response) {
        String range = Objects.requireNonNullElse(response.contentRange(), "");
        long bytes = range.contains("/")
                ? Long.parseLong(range.substring(range.indexOf('/') + 1))
                : response.contentLength();
        return new ObjectVersion(location, Objects.requireNonNullElse(response.eTag(), ""), bytes);
    }

    /// The bytes `from` to `to` (exclusive) of `version`.
    ///
    /// @throws ObjectChangedException if the object is another one now
    byte[] read(ObjectVersion version, long from, long to) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(version, from, to);
            } catch (SdkException e) {
                if (e instanceof S3Exception answer && answer.statusCode() == PRECONDITION_FAILED) {
                    throw new ObjectChangedException(location);
                }
                if (attempt == ATTEMPTS || !mayPass(e)) {
                    throw StorageErrors.explain(location, e);
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    /// Into an array of the right length: the SDK's own way grows one.
    private byte[] readOnce(ObjectVersion version, long from, long to) {
        int length = Math.toIntExact(to - from);
        return client.getObject(
                request -> request.bucket(location.bucket())
                        .key(location.key())
                        .ifMatch(version.etag().isEmpty() ? null : version.etag())
                        .range("bytes=%d-%d".formatted(from, to - 1)),
                (response, body) -> readFully(body, length));
    }

    private static byte[] readFully(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new EOFException("%d of %d bytes came".formatted(read, length));
        }
        return bytes;
    }

    private static boolean mayPass(SdkException error) {
        return !(error instanceof S3Exception answer) || answer.statusCode() >= SERVER_ERROR;
    }
}
