package io.duckfleet.datanode.table;

import java.time.Duration;
import java.time.Instant;

/// Where a table came from: the address that was asked for, the version and the bytes of what was read
/// there, when the table was whole, and how long that took. The version is the object's ETag.
public record TableSource(String url, String etag, long objectBytes, Instant loadedAt, Duration loadTime) {}
