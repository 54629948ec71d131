package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Reads ranges of one object. The first range is tried as often as the SDK does, so that a wrong address is
/// told at once; the later ones for about half a minute, so that a short outage doesn't end a load.
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

    /// The object's first bytes, at most `limit`, with the version that they are of.
    ResponseBytes<GetObjectResponse> first(int limit) {
        try {
            return client.getObject(
                    request -> request.bucket(location.bucket())
                            .key(location.key())
                            .range("bytes=0-" + (limit - 1)),
                    ResponseTransformer.toBytes());
        } catch (SdkException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    /// What is there now.
    ObjectVersion current() {
        try {
            HeadObjectResponse head = client.headObject(
                    request -> request.bucket(location.bucket()).key(location.key()));
            return new ObjectVersion(location, Objects.requireNonNullElse(head.eTag(), ""), head.contentLength());
        } catch (SdkException e) {
            throw StorageErrors.explain(location, e);
        }
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
                        .ifMatch(version.etag())
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
