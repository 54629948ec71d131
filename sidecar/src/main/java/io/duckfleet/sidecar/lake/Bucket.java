package io.duckfleet.sidecar.lake;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.s3.S3Settings;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/// The bucket of the lake's files.
public final class Bucket implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final S3Settings settings;
    private final S3Client client;

    public Bucket(S3Settings settings) {
        this.settings = settings;
        this.client = S3Clients.of(settings);
    }

    /// Makes the bucket if there is none.
    ///
    /// @throws FleetException `storage_unreachable` if it isn't there and can't be made, or S3 can't be
    /// reached
    public void ensure() {
        try {
            head();
        } catch (NoSuchBucketException e) {
            create();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    /// Looks whether the bucket is there.
    ///
    /// @throws FleetException `storage_unreachable` if the bucket isn't there, or S3 can't be reached
    /// within a few seconds
    public void check() {
        try {
            head();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    /// The objects whose keys begin with `prefix`, page by page as they are asked for; a page has up to
    /// 1,000.
    ///
    /// @throws FleetException `storage_unreachable`, also while iterating
    public Iterable<List<StoredObject>> pages(String prefix) {
        Iterable<ListObjectsV2Response> pages = client.listObjectsV2Paginator(
                request -> request.bucket(settings.bucket()).prefix(prefix));
        return () -> new Iterator<>() {
            private final Iterator<ListObjectsV2Response> responses = pages.iterator();

            @Override
            public boolean hasNext() {
                return guarded(responses::hasNext);
            }

            @Override
            public List<StoredObject> next() {
                return guarded(responses::next).contents().stream()
                        .map(object -> new StoredObject(object.key(), object.lastModified()))
                        .toList();
            }
        };
    }

    /// Deletes objects; one that isn't there is no error.
    ///
    /// @throws FleetException `storage_unreachable`
    public void delete(List<String> keys) {
        for (String key : keys) {
            guarded(() -> client.deleteObject(
                    request -> request.bucket(settings.bucket()).key(key)));
        }
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    private void head() {
        client.headBucket(HeadBucketRequest.builder()
                .bucket(settings.bucket())
                .overrideConfiguration(limits())
                .build());
    }

    private void create() {
        try {
            client.createBucket(request -> request.bucket(settings.bucket()).overrideConfiguration(limits()));
        } catch (BucketAlreadyOwnedByYouException e) {
            check();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    private static AwsRequestOverrideConfiguration limits() {
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(TIMEOUT).build();
    }

    private FleetException unreachable(SdkException cause) {
        return new FleetException(
                ErrorCode.STORAGE_UNREACHABLE,
                "bucket %s on S3 at %s can't be used; see that the server runs, and S3_*"
                        .formatted(settings.bucket(), settings.endpoint()),
                cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
