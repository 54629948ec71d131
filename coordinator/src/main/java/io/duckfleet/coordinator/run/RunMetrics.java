package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Tells what running queries hold: `duckfleet_coordinator_sessions`, `.._reserved_bytes`,
/// `.._duckdb_memory_bytes`, and `.._scratch_files`. All go back to rest when no query runs. And how many
/// threads run them, `.._duckdb_threads`, and what the cache of fragments keeps, `.._fragment_cache_bytes`,
/// `.._fragments`, `.._hits_total` and `.._misses_total`.
public final class RunMetrics {

    private RunMetrics() {}

    public static void register(
            MeterRegistry registry,
            LocalDatabase database,
            MemoryReservations reservations,
            ScratchDirectory scratch,
            FragmentCache cache) {
        registerCache(registry, cache);
        Gauge.builder("duckfleet.coordinator.sessions", database, LocalDatabase::sessions)
                .description("sessions of the local DuckDB that are on loan")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.duckdb.memory.bytes", database, LocalDatabase::memoryInUse)
                .description("memory that the local DuckDB holds")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.duckdb.threads", database, LocalDatabase::threads)
                .description("threads of the local DuckDB")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.reserved.bytes", reservations, MemoryReservations::reservedBytes)
                .description("memory that queries under way have reserved")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.waiting.for.memory", reservations, MemoryReservations::waiting)
                .description("queries that wait for memory")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.scratch.files", scratch, RunMetrics::files)
                .description("files of fragments and results")
                .register(registry);
    }

    private static void registerCache(MeterRegistry registry, FragmentCache cache) {
        Gauge.builder("duckfleet.coordinator.fragment.cache.bytes", cache, FragmentCache::bytes)
                .description("bytes of fragments that are kept")
                .register(registry);
        Gauge.builder("duckfleet.coordinator.fragment.cache.fragments", cache, FragmentCache::size)
                .description("fragments that are kept")
                .register(registry);
        FunctionCounter.builder("duckfleet.coordinator.fragment.cache.hits", cache, FragmentCache::hits)
                .description("fragments that had come before")
                .register(registry);
        FunctionCounter.builder("duckfleet.coordinator.fragment.cache.misses", cache, FragmentCache::misses)
                .description("fragments that had not")
                .register(registry);
    }

    private static long files(ScratchDirectory scratch) {
        try (Stream<Path> files = Files.list(scratch.path())) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
