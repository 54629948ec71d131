package io.duckfleet.datanode.table;

import io.duckfleet.common.s3.S3Location;
import java.time.Duration;
import java.time.Instant;

/// Where a table came from: the object, the ETag of the version that was read, when it was whole, and how
/// long that took.
public record TableSource(S3Location location, String etag, Instant loadedAt, Duration loadTime) {}
