package io.duckfleet.coordinator;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.results.ResultLimit;
import io.duckfleet.common.results.Results;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetConfig;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.fleet.FleetMetrics;
import io.duckfleet.coordinator.fleet.NodeClient;
import io.duckfleet.coordinator.fleet.NodeTables;
import io.duckfleet.coordinator.history.QueryHistory;
import io.duckfleet.coordinator.plan.NodeWork;
import io.duckfleet.coordinator.run.Advisers;
import io.duckfleet.coordinator.run.FetchEstimate;
import io.duckfleet.coordinator.run.FetchSlots;
import io.duckfleet.coordinator.run.FleetFragments;
import io.duckfleet.coordinator.run.FragmentCache;
import io.duckfleet.coordinator.run.FragmentFetch;
import io.duckfleet.coordinator.run.HttpFragmentSource;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.duckfleet.coordinator.run.MemoryReservations;
import io.duckfleet.coordinator.run.QueryEngine;
import io.duckfleet.coordinator.run.QueryMetrics;
import io.duckfleet.coordinator.run.QueryService;
import io.duckfleet.coordinator.run.RunMetrics;
import io.duckfleet.coordinator.run.SlowQueryLog;
import io.duckfleet.coordinator.trino.TrinoEngine;
import io.duckfleet.coordinator.trino.TrinoMetrics;
import io.duckfleet.coordinator.trino.TrinoSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Puts the coordinator's features together from its configuration.
final class CoordinatorWiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ScratchDirectory scratch() {
        return ScratchDirectory.create("coordinator");
    }

    void close(@Disposes ScratchDirectory scratch) {
        scratch.close();
    }

    @Produces
    @Singleton
    FleetConfigFile configFile(CoordinatorConfig config, MeterRegistry registry) {
        FleetConfigFile file = FleetConfigFile.open(config.config());
        FleetMetrics.register(registry, file);
        return file;
    }

    @Produces
    @Singleton
    SharedKey nodeKey(CoordinatorConfig config) {
        return new SharedKey(config.nodeKey());
    }

    @Produces
    @Singleton
    NodeClient nodeClient(SharedKey key) {
        return new NodeClient(key);
    }

    /// A small instance of its own for reading texts, so that it is never poisoned by a query.
    @Produces
    @Singleton
    DuckDb parser(ScratchDirectory scratch) {
        return DuckDb.inMemory(DuckDbSettings.in(scratch.path()).withThreads(OptionalInt.of(1)));
    }

    void close(@Disposes DuckDb parser) {
        parser.close();
    }

    @Produces
    @Singleton
    Fleet fleet(FleetConfigFile file, NodeClient client, DuckDb parser, MeterRegistry registry) {
        Fleet fleet = new Fleet(file.inForce(), new NodeTables(client, parser));
        FleetMetrics.register(registry, fleet);
        return fleet;
    }

    @Produces
    @Singleton
    SpillDirectory spillDirectory(CoordinatorConfig config) {
        Path parent = config.spillDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        return new SpillDirectory(ScratchDirectory.in(parent, "coordinator-spill"));
    }

    void close(@Disposes SpillDirectory spill) {
        spill.directory().close();
    }

    @Produces
    @Singleton
    LocalDatabase localDatabase(
            CoordinatorConfig config, FleetConfigFile file, ScratchDirectory scratch, SpillDirectory spill) {
        DuckDbSettings settings = DuckDbSettings.in(spill.directory().path())
                .withMaxSpill(config.maxSpill().asLongValue())
                .withMemoryLimit(config.memoryLimit())
                .withThreads(config.threads());
        return new LocalDatabase(settings, scratch.path(), lakeSettings(file.inForce(), System.getenv()));
    }

    void close(@Disposes LocalDatabase database) {
        database.close();
    }

    @Produces
    @Singleton
    Advisers advisers(CoordinatorConfig config, ScratchDirectory scratch, FetchEstimate estimate) {
        return new Advisers(
                DuckDbSettings.in(scratch.path()),
                estimate::isLarge,
                config.pushQueries() ? NodeWork.ANSWERS : NodeWork.ROWS);
    }

    void close(@Disposes Advisers advisers) {
        advisers.close();
    }

    @Produces
    @Singleton
    FragmentFetch fragmentFetch(
            CoordinatorConfig config,
            Fleet fleet,
            FetchEstimate estimate,
            FragmentCache cache,
            SharedKey key,
            NodeClient client,
            ScratchDirectory scratch) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fragment-", 0).factory());
        FetchSlots slots = new FetchSlots(config.maxFragments(), config.maxFragmentsPerNode());
        return FragmentFetch.from(
                FleetFragments.of(fleet, new HttpFragmentSource(key, client), cache, slots),
                estimate,
                scratch,
                threads);
    }

    @Produces
    @Singleton
    FragmentCache fragmentCache(CoordinatorConfig config, ScratchDirectory scratch) {
        return new FragmentCache(scratch, config.fragmentCache().asLongValue());
    }

    @Produces
    @Singleton
    FetchEstimate fetchEstimate(CoordinatorConfig config, Fleet fleet) {
        return new FetchEstimate(
                fleet, config.semiJoin() ? config.semiJoinFrom().asLongValue() : Long.MAX_VALUE);
    }

    @Produces
    @Singleton
    Deadlines deadlines() {
        return new Deadlines();
    }

    void close(@Disposes Deadlines deadlines) {
        deadlines.close();
    }

    @Produces
    @Singleton
    QueryHistory history(Clock clock) {
        return new QueryHistory(clock);
    }

    @Produces
    @Singleton
    TrinoEngine trino(TrinoConfig trino, CoordinatorConfig config, Fleet fleet, MeterRegistry registry) {
        return new TrinoEngine(
                trino.url()
                        .map(url -> new TrinoSettings(
                                url, trino.user(), trino.password(), trino.catalog(), trino.schema())),
                () -> fleet.config().tables().stream()
                        .map(table -> table.name().text().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                new ResultLimit(config.maxResult().asLongValue()),
                new TrinoMetrics(registry));
    }

    void close(@Disposes TrinoEngine trino) {
        trino.close();
    }

    @Produces
    @Singleton
    QueryService queries(
            CoordinatorConfig config,
            Fleet fleet,
            LocalDatabase database,
            Advisers advisers,
            FragmentFetch fetch,
            FetchEstimate estimate,
            FragmentCache cache,
            TrinoEngine trino,
            ScratchDirectory scratch,
            Deadlines deadlines,
            MeterRegistry registry,
            QueryHistory history,
            Clock clock) {
        MemoryReservations reservations = new MemoryReservations(
                config.maxReserved().map(MemorySize::asLongValue).orElseGet(() -> database.memoryLimit() / 2),
                config.maxWaiting());
        RunMetrics.register(registry, database, reservations, scratch, cache);
        Results results =
                new Results(scratch, new ResultLimit(config.maxResult().asLongValue()));
        return new QueryService(
                new QueryEngine(
                        fleet,
                        database,
                        advisers,
                        fetch,
                        estimate,
                        reservations,
                        results,
                        SlowQueryLog.of(config.slowQuery(), estimate),
                        trino,
                        clock),
                database,
                new Admission(config.maxRunning(), config.maxWaiting()),
                deadlines,
                new QueryMetrics(registry),
                history,
                scratch,
                config.deadline());
    }

    /// Where the local DuckDB spills: on disk, while fragments and results are in memory.
    record SpillDirectory(ScratchDirectory directory) {}

    /// There is a lake when the configuration file or `CATALOG_HOST` says so.
    static Optional<LakeSettings> lakeSettings(FleetConfig fleet, Map<String, String> environment) {
        boolean wanted = fleet.lake().isPresent()
                || !environment.getOrDefault("CATALOG_HOST", "").isBlank();
        Map<String, String> variables = new HashMap<>(environment);
        fleet.lake().ifPresent(variables::putAll);
        return wanted ? Optional.of(LakeSettings.of(variables)) : Optional.empty();
    }
}
