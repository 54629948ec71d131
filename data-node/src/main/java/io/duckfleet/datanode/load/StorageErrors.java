package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Tells the SDK's errors as one sentence each.
final class StorageErrors {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private StorageErrors() {}

    static LoadException explain(S3Location location, SdkException error) {
        return explain(location.bucket(), location.toString(), error);
    }

    /// `address` is what was asked for in `bucket`.
    static LoadException explain(String bucket, String address, SdkException error) {
        return switch (error) {
            case S3Exception answer -> new LoadException(sentence(bucket, address, answer), answer);
            case SdkClientException client -> new LoadException(sentence(address, client), client);
            default -> new LoadException("%s can't be read: %s".formatted(address, error.getMessage()), error);
        };
    }

    private static String sentence(String bucket, String address, S3Exception answer) {
        String code =
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
        return switch (answer.statusCode()) {
            case NOT_FOUND ->
                "NoSuchBucket".equals(code)
                        ? "the bucket \"%s\" doesn't exist".formatted(bucket)
                        : "%s doesn't exist; check the bucket and the key".formatted(address);
            case FORBIDDEN, UNAUTHORIZED ->
                "access to %s is denied (%s); check the credentials and the bucket's policy".formatted(address, code);
            case RANGE_NOT_SATISFIABLE -> LoadException.empty(address).reason();
            default -> "%s can't be read: S3 answered %d %s".formatted(address, answer.statusCode(), code);
        };
    }

    private static String sentence(String address, SdkClientException error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("credentials")) {
            return "no credentials for %s were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile"
                    .formatted(address);
        }
        return "S3 can't be reached for %s (%s); check the network and AWS_ENDPOINT_URL_S3"
                .formatted(address, rootCause(error));
    }

    private static String rootCause(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
