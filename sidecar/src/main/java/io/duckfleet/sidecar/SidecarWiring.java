package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.buffer.Buffer;
import io.duckfleet.sidecar.commit.CommitMeters;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.commit.LakeSetup;
import io.duckfleet.sidecar.commit.TableChanges;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.table.TableService;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/// Puts together what the sidecar's features share: the lake, its catalog, its bucket, and the committer.
final class SidecarWiring {

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
    TableChanges tableChanges(Lake lake, Reachability reachability) {
        return new TableChanges(lake, reachability);
    }

    @Produces
    @Singleton
    SharedKey adminKey(SidecarConfig config) {
        return new SharedKey(config.adminKey());
    }

    @Produces
    @Singleton
    TableService tables(LakeReader lake, Buffer buffer) {
        return new TableService(lake, buffer.backlog());
    }
}
