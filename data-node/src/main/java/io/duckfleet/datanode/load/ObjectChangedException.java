package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;

/// The object was overwritten while it was read: what was read of it is void.
final class ObjectChangedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ObjectChangedException(S3Location location) {
        super("%s was overwritten while it was being read".formatted(location));
    }
}
