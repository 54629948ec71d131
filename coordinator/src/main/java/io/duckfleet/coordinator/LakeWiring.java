package io.duckfleet.coordinator;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.coordinator.catalogue.CatalogueService;
import io.duckfleet.coordinator.filefilter.FileFilters;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.forward.ForwardSettings;
import io.duckfleet.coordinator.forward.SidecarAddress;
import io.duckfleet.coordinator.record.Fields;
import io.duckfleet.coordinator.record.RecordLimits;
import io.duckfleet.coordinator.record.RecordService;
import io.duckfleet.coordinator.run.LakeSessions;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.duckfleet.coordinator.run.QueryService;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts together what answers about the lake and its records.
final class LakeWiring {

    @Produces
    @Singleton
    LakeSessions lakeSessions(LocalDatabase database) {
        return new LakeSessions(database);
    }

    @Produces
    @Singleton
    ForwardSettings forward(CoordinatorConfig config) {
        return new ForwardSettings(config.sidecarUrl().map(SidecarAddress::new), config.forwardIdleTimeout());
    }

    @Produces
    @Singleton
    CatalogueService catalogue(FleetConfigFile file, LakeSessions lake) {
        return new CatalogueService(lake, catalogSchema(file));
    }

    private static String catalogSchema(FleetConfigFile file) {
        return CoordinatorWiring.lakeSettings(file.inForce(), System.getenv())
                .map(settings -> settings.catalog().schema())
                .orElse("");
    }

    @Produces
    @Singleton
    FileFilters fileFilters(CoordinatorConfig config, FleetConfigFile file, LakeSessions lake, MeterRegistry registry) {
        FileFilters filters =
                new FileFilters(lake, catalogSchema(file), config.fileFilters().asLongValue());
        filters.register(registry);
        return filters;
    }

    void close(@Disposes FileFilters filters) {
        filters.close();
    }

    @Produces
    @Singleton
    RecordService records(
            CoordinatorConfig config,
            QueryService queries,
            LakeSessions lake,
            CatalogueService catalogue,
            FileFilters filters,
            DuckDb parser,
            Clock clock) {
        return new RecordService(
                queries,
                lake,
                catalogue,
                filters,
                new RecordLimits(config.defaultLimit(), config.maxQueryResults()),
                new Fields(parser),
                clock);
    }
}
