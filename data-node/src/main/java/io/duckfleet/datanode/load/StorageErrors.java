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
        return switch (error) {
            case S3Exception answer -> new LoadException(sentence(location, answer), answer);
            case SdkClientException client -> new LoadException(sentence(location, client), client);
            default -> new LoadException("%s can't be read: %s".formatted(location, error.getMessage()), error);
        };
    }

    private static String sentence(S3Location location, S3Exception answer) {
        String code =
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
        return switch (answer.statusCode()) {
            case NOT_FOUND ->
                "NoSuchBucket".equals(code)
                        ? "the bucket \"%s\" doesn't exist".formatted(location.bucket())
                        : "%s doesn't exist; check the bucket and the key".formatted(location);
            case FORBIDDEN, UNAUTHORIZED ->
                "access to %s is denied (%s); check the credentials and the bucket's policy".formatted(location, code);
            case RANGE_NOT_SATISFIABLE -> "%s is empty; a CSV file was expected".formatted(location);
            default -> "%s can't be read: S3 answered %d %s".formatted(location, answer.statusCode(), code);
        };
    }

    private static String sentence(S3Location location, SdkClientException error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("credentials")) {
            return "no credentials for %s were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile"
                    .formatted(location);
        }
        return "S3 can't be reached for %s (%s); check the network and AWS_ENDPOINT_URL_S3"
                .formatted(location, rootCause(error));
    }

    private static String rootCause(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
