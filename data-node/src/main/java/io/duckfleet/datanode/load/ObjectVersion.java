package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;

/// One version of an object: its ETag (with quotes, as S3 gives it) and its length in bytes.
record ObjectVersion(S3Location location, String etag, long bytes) {}
