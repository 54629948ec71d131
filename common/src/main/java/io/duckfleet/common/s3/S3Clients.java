package io.duckfleet.common.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes S3 clients; the caller closes them.
public final class S3Clients {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private S3Clients() {}

    /// A client by the SDK's standard chain of credentials. Another server than Amazon's is given by the
    /// system property `aws.endpointUrlS3` or by `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, and then
    /// addressed in path style.
    public static S3Client standard(String region) {
        S3ClientBuilder builder =
                S3Client.builder().httpClient(UrlConnectionHttpClient.create()).region(Region.of(region));
        endpointOverride()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return builder.build();
    }

    /// A client for the server and with the credentials of `settings`.
    public static S3Client of(S3Settings settings) {
        return of(settings, PATIENCE);
    }

    /// The same for a server that is given up when it is silent for `patience`.
    public static S3Client of(S3Settings settings, Duration patience) {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(patience)
                        .build())
                .region(Region.of(settings.region()))
                .endpointOverride(settings.endpoint())
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .build();
    }

    private static Optional<URI> endpointOverride() {
        return Optional.ofNullable(System.getProperty("aws.endpointUrlS3"))
                .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL_S3")))
                .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")))
                .filter(value -> !value.isBlank())
                .map(URI::create);
    }
}
