package io.duckfleet.common.duckdb;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How a process shares its memory between Java and DuckDB, in bytes. `total` is what the process may have:
/// the limit of its container, where it has one, else the machine's memory; `heap` is the most that Java's
/// heap may take.
record MemoryBudget(long total, long heap) {

    private static final long MEBIBYTE = 1L << 20;

    /// Java beside its heap: classes, compiled code, stacks, buffers of the network.
    private static final long JAVA_BESIDE_HEAP = 192 * MEBIBYTE;

    /// DuckDB's limit covers its buffer manager; hash tables under way, parsers and allocators take some
    /// more.
    private static final double COVERED_BY_LIMIT = 0.75;

    /// Below this DuckDB can't sort or join anything worth it.
    private static final long LEAST = 64 * MEBIBYTE;

    MemoryBudget {
        if (total <= 0 || heap <= 0) {
            throw new IllegalArgumentException("total %d and heap %d must be positive".formatted(total, heap));
        }
    }

    /// That of this process. The JVM knows about containers (cgroups).
    static MemoryBudget ofThisProcess() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MemoryBudget(
                system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
    }

    /// DuckDB's `memory_limit` where none is configured, such as `1234MiB`.
    String duckDbLimit() {
        long left = total - heap - JAVA_BESIDE_HEAP;
        return Math.max(LEAST, (long) (left * COVERED_BY_LIMIT)) / MEBIBYTE + "MiB";
    }
}
