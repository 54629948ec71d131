package io.duckfleet.common.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @Test
    void splitsBucketAndKey() {
        assertThat(S3Location.parse("s3://bucket/a/b.csv.gz")).isEqualTo(new S3Location("bucket", "a/b.csv.gz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://bucket/key", "s3://bucket", "s3://bucket/", "s3://B/key", "s3:///key", "/key"})
    void refusesOtherAddresses(String url) {
        assertThatThrownBy(() -> S3Location.parse(url))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("s3://bucket/key was expected");
    }

    @Test
    void neverPrintsTheSecretKey() {
        S3Settings settings =
                new S3Settings(URI.create("http://localhost:9000"), "access", "hidden", "bucket", "us-east-1");

        assertThat(settings.toString()).doesNotContain("hidden").contains("bucket");
    }
}
