package io.duckfleet.sidecar;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The sidecar's configuration, beside where the lake is (`S3_*`, `CATALOG_*`).
@ConfigMapping(prefix = "duckfleet.sidecar")
interface SidecarConfig {

    /// DuckDB's memory limit, such as `1GB` (`DUCKDB_MEMORY_LIMIT`); without one, three
    /// quarters of what Java leaves.
    Optional<String> memoryLimit();

    /// DuckDB's threads (`DUCKDB_THREADS`); without a number, one per core.
    OptionalInt threads();

    /// The largest body of a request. What half of the Java heap holds is the limit, where that is less.
    @WithDefault("256M")
    MemorySize maxBody();

    /// How many bytes of bodies may be in flight; more are refused with 429. Without one, half of the Java
    /// heap.
    Optional<MemorySize> maxInFlight();

    /// How many requests may be in flight; more are refused with 429. Must stay below the number of worker
    /// threads.
    @WithDefault("200")
    int maxRequests();

    /// How long a request waits for its commit.
    @WithDefault("60s")
    Duration deadline();

    /// How long idempotency keys are remembered.
    @WithDefault("24h")
    Duration keysRemembered();

    /// How long a stop waits for what was taken to be committed.
    @WithDefault("30s")
    Duration stopDeadline();
}
