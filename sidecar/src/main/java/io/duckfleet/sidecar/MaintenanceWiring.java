package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.iceberg.Mirror;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.duckfleet.sidecar.maintenance.LakeCatalog;
import io.duckfleet.sidecar.maintenance.LakeFollower;
import io.duckfleet.sidecar.maintenance.Maintenance;
import io.duckfleet.sidecar.maintenance.MaintenanceMeters;
import io.duckfleet.sidecar.maintenance.MaintenanceSchedule;
import io.duckfleet.sidecar.maintenance.MaintenanceSettings;
import io.duckfleet.sidecar.maintenance.MaintenanceTask;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Puts together what keeps the lake tidy.
final class MaintenanceWiring {

    @Produces
    @Singleton
    Maintenance maintenance(
            LakeSettings settings,
            SidecarConfig config,
            ScratchDirectory scratch,
            CatalogDatabase catalog,
            Bucket bucket,
            Committer committer,
            Optional<Mirror> mirror,
            MeterRegistry registry,
            Clock clock) {
        SidecarConfig.MaintenanceConfig maintenance = config.maintenance();
        DuckDbSettings duckDb = DuckDbSettings.in(scratch.path())
                .withMemoryLimit(Optional.of(maintenance.memoryLimit()))
                .withThreads(OptionalInt.of(1));
        Lake own = new Lake(settings, duckDb, catalog, bucket, (_, _, _) -> {});
        return new Maintenance(
                own,
                bucket,
                new LakeCatalog(catalog),
                settingsOf(maintenance),
                mirror.map(LakeFollower.class::cast),
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
}
