package io.duckfleet.datanode.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where a table came from: the address that was asked for, the version and the bytes of what was read
/// there, when the table was whole, how long that took, and which shard of the rows it is, if it is one. The
/// version is the object's ETag, or made of those of several objects.
public record TableSource(
        String url, String etag, long objectBytes, Instant loadedAt, Duration loadTime, Optional<ShardOfTable> shard) {}
