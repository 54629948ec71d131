package io.duckfleet.sidecar.lake;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.s3.S3Settings;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
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
