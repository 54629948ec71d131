package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.buffer.Buffer;
import io.duckfleet.sidecar.buffer.BufferMeters;
import io.duckfleet.sidecar.buffer.BufferSettings;
import io.duckfleet.sidecar.buffer.FlushCommit;
import io.duckfleet.sidecar.buffer.FlushSchedule;
import io.duckfleet.sidecar.buffer.Flusher;
import io.duckfleet.sidecar.buffer.StreamService;
import io.duckfleet.sidecar.commit.CommitMeters;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.commit.LakeSetup;
import io.duckfleet.sidecar.commit.TableChanges;
import io.duckfleet.sidecar.ingest.BodyLimits;
import io.duckfleet.sidecar.ingest.BodyReader;
import io.duckfleet.sidecar.ingest.FileConversion;
import io.duckfleet.sidecar.ingest.IngestAnswers;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.ingest.IngestFiles;
import io.duckfleet.sidecar.ingest.IngestService;
import io.duckfleet.sidecar.ingest.LinesReader;
import io.duckfleet.sidecar.ingest.Spool;
import io.duckfleet.sidecar.ingest.Submissions;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.maintenance.LakeCatalog;
import io.duckfleet.sidecar.maintenance.Maintenance;
import io.duckfleet.sidecar.maintenance.MaintenanceMeters;
import io.duckfleet.sidecar.maintenance.MaintenanceSchedule;
import io.duckfleet.sidecar.maintenance.MaintenanceSettings;
import io.duckfleet.sidecar.maintenance.MaintenanceTask;
import io.duckfleet.sidecar.table.TableService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.Config;

/// Puts the sidecar's features together from its configuration.
final class SidecarWiring {

    /// Of the DuckDB that reads a file of CSV or Parquet, while it does.
    private static final String CONVERSION_MEMORY = "512MB";

    private static final List<String> LAKE_VARIABLES = List.of(
            "S3_ENDPOINT",
            "S3_ACCESS_KEY",
            "S3_SECRET_KEY",
            "S3_BUCKET",
            "S3_REGION",
            "CATALOG_HOST",
            "CATALOG_PORT",
            "CATALOG_DATABASE",
            "CATALOG_USER",
            "CATALOG_PASSWORD",
            "CATALOG_SCHEMA");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /// The variables are read as configuration properties of the same names, so that tests can set them,
    /// too.
    @Produces
    @Singleton
    LakeSettings lakeSettings(Config config) {
        Map<String, String> variables = new HashMap<>();
        for (String name : LAKE_VARIABLES) {
            config.getOptionalValue(name, String.class).ifPresent(value -> variables.put(name, value));
        }
        return LakeSettings.of(variables);
    }

    @Produces
    @Singleton
    ScratchDirectory scratch() {
        return ScratchDirectory.create("sidecar");
    }

    void close(@Disposes ScratchDirectory scratch) {
        scratch.close();
    }

    @Produces
    @Singleton
    CatalogDatabase catalog(LakeSettings settings) {
        return new CatalogDatabase(settings.catalog());
    }

    void close(@Disposes CatalogDatabase catalog) {
        catalog.close();
    }

    @Produces
    @Singleton
    Bucket bucket(LakeSettings settings) {
        return new Bucket(settings.s3());
    }

    void close(@Disposes Bucket bucket) {
        bucket.close();
    }

    @Produces
    @Singleton
    KeyLedger keyLedger(CatalogDatabase catalog) {
        return new KeyLedger(catalog);
    }

    @Produces
    @Singleton
    CommittedFiles committedFiles(CatalogDatabase catalog) {
        return new CommittedFiles(catalog);
    }

    @Produces
    @Singleton
    Lake lake(
            LakeSettings settings,
            SidecarConfig config,
            ScratchDirectory scratch,
            CatalogDatabase catalog,
            Bucket bucket,
            KeyLedger ledger) {
        DuckDbSettings duckDb = DuckDbSettings.in(scratch.path())
                .withMemoryLimit(config.memoryLimit())
                .withThreads(config.threads());
        return new Lake(settings, duckDb, catalog, bucket, new LakeSetup(ledger));
    }

    void close(@Disposes Lake lake) {
        lake.close();
    }

    @Produces
    @Singleton
    Reachability reachability(Lake lake, CatalogDatabase catalog, Bucket bucket, Clock clock) {
        return new Reachability(lake, catalog, bucket, clock);
    }

    @Produces
    @Singleton
    LakeReader lakeReader(Lake lake, Reachability reachability) {
        return new LakeReader(lake, reachability);
    }

    @Produces
    @Singleton
    Committer committer(
            Lake lake, KeyLedger ledger, CommittedFiles files, Reachability reachability, MeterRegistry registry) {
        return new Committer(lake, ledger, files, reachability, new CommitMeters(registry));
    }

    @Produces
    @Singleton
    IngestBudget budget(SidecarConfig config, MeterRegistry registry) {
        long bytes = config.maxInFlight().map(size -> size.asLongValue()).orElseGet(SidecarWiring::halfOfHeap);
        IngestBudget budget = new IngestBudget(bytes, config.maxRequests());
        Gauge.builder("duckfleet.ingest.inflight.bytes", budget::bytes).register(registry);
        return budget;
    }

    @Produces
    @Singleton
    BodyReader bodies(SidecarConfig config) {
        return new BodyReader(Math.min(config.maxBody().asLongValue(), halfOfHeap()));
    }

    @Produces
    @Singleton
    IngestService ingests(
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            IngestAnswers answers,
            SidecarConfig config) {
        return new IngestService(committer, ledger, files, lake, answers, config.deadline(), config.keysRemembered());
    }

    @Produces
    @Singleton
    Spool spool(SidecarConfig config, MeterRegistry registry) {
        Path folder = config.spoolDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        Spool spool = new Spool(folder, config.maxSpool().asLongValue());
        Gauge.builder("duckfleet.ingest.spooled.bytes", spool::bytes).register(registry);
        return spool;
    }

    @Produces
    @Singleton
    LinesReader lines(Spool spool, SidecarConfig config) {
        return new LinesReader(spool, config.memoryPerBody().asLongValue());
    }

    void close(@Disposes LinesReader lines) {
        lines.close();
    }

    @Produces
    @Singleton
    BodyLimits limits(SidecarConfig config) {
        return new BodyLimits(config.bodyGrace(), config.maxFile().asLongValue());
    }

    @Produces
    @Singleton
    Submissions submissions(
            IngestService ingests,
            BodyReader bodies,
            LinesReader lines,
            Spool spool,
            SidecarConfig config,
            Clock clock) {
        DuckDbSettings duckDb = DuckDbSettings.in(
                        config.spoolDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))))
                .withMemoryLimit(Optional.of(CONVERSION_MEMORY))
                .withThreads(config.threads());
        return new Submissions(ingests, bodies, lines, new IngestFiles(new FileConversion(spool, duckDb)), clock);
    }

    @Produces
    @Singleton
    TableChanges tableChanges(Lake lake, Reachability reachability) {
        return new TableChanges(lake, reachability);
    }

    @Produces
    @Singleton
    TableService tables(LakeReader lake, Buffer buffer) {
        return new TableService(lake, buffer.backlog());
    }

    @Produces
    @Singleton
    IngestAnswers answers(LakeSettings lake, Clock clock) {
        return new IngestAnswers(lake.s3().bucket(), clock);
    }

    @Produces
    @Singleton
    BufferMeters bufferMeters(MeterRegistry registry) {
        return new BufferMeters(registry);
    }

    @Produces
    @Singleton
    Buffer buffer(SidecarConfig config, Clock clock, BufferMeters meters) {
        SidecarConfig.BufferConfig buffer = config.buffer();
        return new Buffer(
                new BufferSettings(
                        buffer.directory(),
                        buffer.maxSize().asLongValue(),
                        buffer.reserve().asLongValue(),
                        buffer.flushRows(),
                        buffer.flushSize().asLongValue(),
                        buffer.flushAge()),
                clock,
                meters);
    }

    void close(@Disposes Buffer buffer) {
        buffer.close();
    }

    @Produces
    @Singleton
    StreamService streams(Buffer buffer, KeyLedger ledger, BufferMeters meters, Clock clock) {
        return new StreamService(buffer, ledger, meters, clock);
    }

    @Produces
    @Singleton
    Flusher flusher(
            Buffer buffer,
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            BufferMeters meters,
            Clock clock,
            SidecarConfig config) {
        FlushCommit commits = new FlushCommit(committer, ledger, files, lake, config.deadline());
        return new Flusher(buffer, commits, meters, clock, config.keysRemembered());
    }

    @Produces
    @Singleton
    FlushSchedule flushSchedule(Buffer buffer, Flusher flusher, Clock clock) {
        return new FlushSchedule(buffer, flusher, clock);
    }

    @Produces
    @Singleton
    Maintenance maintenance(
            LakeSettings settings,
            SidecarConfig config,
            ScratchDirectory scratch,
            CatalogDatabase catalog,
            Bucket bucket,
            KeyLedger ledger,
            Committer committer,
            MeterRegistry registry,
            Clock clock) {
        SidecarConfig.MaintenanceConfig maintenance = config.maintenance();
        DuckDbSettings duckDb = DuckDbSettings.in(scratch.path())
                .withMemoryLimit(Optional.of(maintenance.memoryLimit()))
                .withThreads(OptionalInt.of(1));
        Lake own = new Lake(settings, duckDb, catalog, bucket, new LakeSetup(ledger));
        return new Maintenance(
                own,
                bucket,
                new LakeCatalog(catalog),
                settingsOf(maintenance),
                () -> committer.waiting() > 0,
                new MaintenanceMeters(registry),
                clock);
    }

    private static MaintenanceSettings settingsOf(SidecarConfig.MaintenanceConfig config) {
        return new MaintenanceSettings(
                config.smallFile().asLongValue(),
                config.mergeFiles(),
                config.keepSnapshots(),
                config.maxSnapshots(),
                config.graceForReaders(),
                config.orphanAge(),
                config.longestRun());
    }

    @Produces
    @Singleton
    MaintenanceSchedule maintenanceSchedule(Maintenance maintenance, SidecarConfig config) {
        SidecarConfig.MaintenanceConfig intervals = config.maintenance();
        return new MaintenanceSchedule(
                maintenance,
                Map.of(
                        MaintenanceTask.MERGE, intervals.mergeEvery(),
                        MaintenanceTask.EXPIRE, intervals.expireEvery(),
                        MaintenanceTask.CLEANUP, intervals.cleanupEvery(),
                        MaintenanceTask.ORPHANS, intervals.orphansEvery()));
    }

    private static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }
}
