package io.duckfleet.common.s3;

import java.net.URI;

/// An S3 server and a bucket on it. `endpoint` is an `http` or `https` address; addressing is path style.
/// Printing it never shows the secret key.
public record S3Settings(URI endpoint, String accessKey, String secretKey, String bucket, String region) {

    /// Host and port, as DuckDB wants its endpoint.
    public String authority() {
        return endpoint.getAuthority();
    }

    public boolean usesTls() {
        return "https".equals(endpoint.getScheme());
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=%s, bucket=%s, region=%s]".formatted(endpoint, bucket, region);
    }
}
