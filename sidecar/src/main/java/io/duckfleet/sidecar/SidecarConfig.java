package io.duckfleet.sidecar;

import io.duckfleet.sidecar.logs.LogFormat;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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

    /// The largest file of `/ingest/file`.
    @WithDefault("10G")
    MemorySize maxFile();

    /// How many bytes of a long body of JSON lines stay in memory; the rest waits on disk.
    @WithDefault("32M")
    MemorySize memoryPerBody();

    /// Where long bodies wait; a folder on disk. Without one, the system's folder for temporary files.
    Optional<Path> spoolDirectory();

    /// How many bytes of long bodies may wait on disk at once; more are refused with 429.
    @WithDefault("20G")
    MemorySize maxSpool();

    /// How long a body may take beside what its length needs at 16 KiB a second.
    @WithDefault("30s")
    Duration bodyGrace();

    /// How long a request waits for its commit.
    @WithDefault("60s")
    Duration deadline();

    /// How long idempotency keys are remembered.
    @WithDefault("24h")
    Duration keysRemembered();

    /// How long a stop waits for what was taken to be committed.
    @WithDefault("30s")
    Duration stopDeadline();

    /// The key that deleting and maintaining asks for (`ADMIN_KEY`), as `Authorization: Bearer`; without one,
    /// everybody may.
    Optional<String> adminKey();

    /// How the log is written (`DUCKFLEET_LOG`): `text`, or `json`, a JSON object a line.
    @WithDefault("text")
    LogFormat logFormat();

    /// The buffer of single records.
    BufferConfig buffer();

    /// How the buffer is kept and flushed.
    interface BufferConfig {

        /// Its folder (`BUFFER_DIR`), of this sidecar's own.
        Path directory();

        /// How many bytes of records it holds; more are refused with 429.
        @WithDefault("1G")
        MemorySize maxSize();

        /// How much of its disk stays free for flushes; less room than that is answered with 507.
        @WithDefault("64M")
        MemorySize reserve();

        /// A table with so many records is flushed.
        @WithDefault("100000")
        long flushRows();

        /// A table with so many bytes of records is flushed.
        @WithDefault("64M")
        MemorySize flushSize();

        /// A table with a record as old as this is flushed.
        @WithDefault("5m")
        Duration flushAge();
    }

    /// Sample records on request.
    GeneratorConfig generator();

    /// Whether `POST /generate` makes sample records.
    interface GeneratorConfig {

        /// Whether it does (`GENERATOR_ENABLED`).
        @WithDefault("false")
        boolean enabled();

        /// How many records at once, at most.
        @WithDefault("1000000")
        long maxCount();
    }

    /// How the lake is maintained.
    MaintenanceConfig maintenance();

    /// How the lake is maintained.
    interface MaintenanceConfig {

        /// Whether it happens by itself.
        @WithDefault("true")
        boolean enabled();

        /// A file below this is small, and may be merged.
        @WithDefault("32M")
        MemorySize smallFile();

        /// Today's partition is merged when it has so many small files; those of other days when they have
        /// two.
        @WithDefault("16")
        int mergeFiles();

        /// How long snapshots are kept.
        @WithDefault("24h")
        Duration keepSnapshots();

        /// How many snapshots are kept at most.
        @WithDefault("10000")
        int maxSnapshots();

        /// How long snapshots and files stay in any case, for queries that use them: longer than the
        /// longest query.
        @WithDefault("15m")
        Duration graceForReaders();

        /// How old a file that no snapshot knows must be to be removed.
        @WithDefault("24h")
        Duration orphanAge();

        /// How long one run of a task may take.
        @WithDefault("60s")
        Duration longestRun();

        /// Memory of the DuckDB that merges.
        @WithDefault("512MB")
        String memoryLimit();

        /// How often small files are merged.
        @WithDefault("1m")
        Duration mergeEvery();

        /// How often snapshots are expired.
        @WithDefault("5m")
        Duration expireEvery();

        /// How often replaced files are removed.
        @WithDefault("5m")
        Duration cleanupEvery();

        /// How often orphans are looked for.
        @WithDefault("24h")
        Duration orphansEvery();
    }

    /// The Iceberg tables beside the lake.
    IcebergConfig iceberg();

    /// Whether and how the lake is shown as Iceberg tables, too.
    interface IcebergConfig {

        /// Whether it is (`ICEBERG_ENABLED`).
        @WithDefault("false")
        boolean enabled();

        /// How often they are brought up to date; what they replace stays for
        /// `maintenance.grace-for-readers`.
        @WithDefault("30s")
        Duration syncEvery();

        /// Memory of the DuckDB that copies the lists of deleted rows.
        @WithDefault("256MB")
        String memoryLimit();
    }
}
