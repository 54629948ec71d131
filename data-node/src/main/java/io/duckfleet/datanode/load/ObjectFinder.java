package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Finds the objects that a pattern means. Thread-safe.
final class ObjectFinder {

    private final S3Client client;

    ObjectFinder(S3Client client) {
        this.client = client;
    }

    /// What is there now; of several objects, those that aren't empty.
    ///
    /// @throws LoadException if nothing is, or it can't be told
    ObjectSet find(ObjectPattern pattern) {
        return pattern.isOneObject() ? one(pattern) : several(pattern);
    }

    private ObjectSet one(ObjectPattern pattern) {
        ObjectVersion version = new RangeReader(client, new S3Location(pattern.bucket(), pattern.key())).current();
        if (version.bytes() == 0) {
            throw LoadException.empty(pattern.toString());
        }
        return new ObjectSet(List.of(version));
    }

    private ObjectSet several(ObjectPattern pattern) {
        List<ObjectVersion> found = list(pattern);
        List<ObjectVersion> filled =
                found.stream().filter(version -> version.bytes() > 0).toList();
        if (found.isEmpty()) {
            throw new LoadException(
                    "no object fits %s; check the bucket and the %s".formatted(pattern, "prefix or glob"));
        }
        if (filled.isEmpty()) {
            throw LoadException.empty(pattern.toString());
        }
        return new ObjectSet(filled);
    }

    /// S3 lists keys in their order.
    private List<ObjectVersion> list(ObjectPattern pattern) {
        try {
            return client
                    .listObjectsV2Paginator(
                            request -> request.bucket(pattern.bucket()).prefix(pattern.prefix()))
                    .contents()
                    .stream()
                    .filter(object -> pattern.matches(object.key()))
                    .map(object -> version(pattern, object))
                    .toList();
        } catch (SdkException e) {
            throw StorageErrors.explain(pattern.bucket(), pattern.toString(), e);
        }
    }

    private static ObjectVersion version(ObjectPattern pattern, S3Object object) {
        return new ObjectVersion(new S3Location(pattern.bucket(), object.key()), object.eTag(), object.size());
    }
}
