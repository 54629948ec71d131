package io.duckfleet.common.duckdb;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an instance is opened. `memoryLimit` is in DuckDB's form (`2GB`; it covers the buffer manager only, so
/// 20-30 % must be left beside it), absent means three quarters of what the process's container or machine
/// has beside Java's own; `threads` absent means one per core; `tempDirectory` is where it spills to and
/// where files of our own making may be written and read under the lock; `maxSpill` is how many
/// bytes callers may make it spill once it is locked, absent means as many as the disk holds.
public record DuckDbSettings(
        Optional<String> memoryLimit, OptionalInt threads, Path tempDirectory, OptionalLong maxSpill) {

    /// Settings that let it spill as much as the disk holds.
    public DuckDbSettings(Optional<String> memoryLimit, OptionalInt threads, Path tempDirectory) {
        this(memoryLimit, threads, tempDirectory, OptionalLong.empty());
    }

    /// Settings with the defaults of DuckDB, spilling to `tempDirectory`.
    public static DuckDbSettings in(Path tempDirectory) {
        return new DuckDbSettings(Optional.empty(), OptionalInt.empty(), tempDirectory, OptionalLong.empty());
    }

    public DuckDbSettings withMemoryLimit(Optional<String> limit) {
        return new DuckDbSettings(limit, threads, tempDirectory, maxSpill);
    }

    public DuckDbSettings withThreads(OptionalInt count) {
        return new DuckDbSettings(memoryLimit, count, tempDirectory, maxSpill);
    }

    public DuckDbSettings withTempDirectory(Path directory) {
        return new DuckDbSettings(memoryLimit, threads, directory, maxSpill);
    }

    public DuckDbSettings withMaxSpill(long bytes) {
        return new DuckDbSettings(memoryLimit, threads, tempDirectory, OptionalLong.of(bytes));
    }
}
