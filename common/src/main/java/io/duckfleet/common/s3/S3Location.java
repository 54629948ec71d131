package io.duckfleet.common.s3;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An object, `s3://bucket/key`. Bucket names follow the rules of S3 (3 to 63 lower-case letters, digits,
/// dots and hyphens).
public record S3Location(String bucket, String key) {

    private static final Pattern SHAPE = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.+)");

    /// The location that `url` names.
    ///
    /// @throws FleetException `invalid_request` if `url` is no such location
    public static S3Location parse(String url) {
        Matcher matcher = SHAPE.matcher(url);
        if (!matcher.matches()) {
            throw new FleetException(
                    ErrorCode.INVALID_REQUEST, "\"%s\" is no S3 location; s3://bucket/key was expected".formatted(url));
        }
        return new S3Location(matcher.group(1), matcher.group(2));
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
