package io.duckfleet.coordinator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.coordinator.catalogue.CatalogueService;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.forward.ForwardSettings;
import io.duckfleet.coordinator.overview.Overview;
import io.duckfleet.coordinator.overview.Services;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts together what tells how the fleet is.
final class OverviewWiring {

    @Produces
    @Singleton
    Overview overview(FleetConfigFile file, Fleet fleet, LocalDatabase database, CatalogueService catalogue) {
        return new Overview(file, fleet, database, catalogue);
    }

    @Produces
    @Singleton
    Services services(
            Fleet fleet,
            Overview overview,
            SharedKey key,
            ObjectMapper mapper,
            MeterRegistry meters,
            ForwardSettings forward,
            TrinoConfig trino) {
        return new Services(fleet, overview, key, mapper, meters, forward, trino.url());
    }

    void close(@Disposes Services services) {
        services.close();
    }
}
