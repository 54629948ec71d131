package io.duckfleet.sidecar;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.sidecar.iceberg.Mirror;
import io.duckfleet.sidecar.iceberg.MirrorMeters;
import io.duckfleet.sidecar.iceberg.MirrorSchedule;
import io.duckfleet.sidecar.iceberg.MirrorSettings;
import io.duckfleet.sidecar.lake.Bucket;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/// Puts together what shows the lake as Iceberg tables, if anything is to.
final class IcebergWiring {

    @Produces
    @Singleton
    Optional<Mirror> mirror(
            LakeSettings settings,
            SidecarConfig config,
            ScratchDirectory scratch,
            CatalogDatabase catalog,
            Bucket bucket,
            MeterRegistry registry,
            Clock clock) {
        SidecarConfig.IcebergConfig iceberg = config.iceberg();
        if (!iceberg.enabled()) {
            return Optional.empty();
        }
        DuckDbSettings duckDb = DuckDbSettings.in(scratch.path())
                .withMemoryLimit(Optional.of(iceberg.memoryLimit()))
                .withThreads(OptionalInt.of(1));
        Lake own = new Lake(settings, duckDb, catalog, bucket, (_, _, _) -> {});
        return Optional.of(new Mirror(
                settings,
                catalog,
                bucket,
                S3Clients.of(settings.s3()),
                own,
                new MirrorSettings(iceberg.syncEvery(), config.maintenance().graceForReaders()),
                new MirrorMeters(registry),
                clock));
    }

    void close(@Disposes Optional<Mirror> mirror) {
        mirror.ifPresent(Mirror::close);
    }

    @Produces
    @Singleton
    Optional<MirrorSchedule> mirrorSchedule(Optional<Mirror> mirror, SidecarConfig config, Lake lake) {
        return mirror.map(kept -> new MirrorSchedule(kept, config.iceberg().syncEvery(), lake::isOpen));
    }
}
