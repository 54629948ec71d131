package io.duckfleet.coordinator;

import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetConfigFile;
import io.duckfleet.coordinator.fleet.FleetWatch;
import io.duckfleet.coordinator.run.LocalDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts the watch over nodes and lake with the coordinator, and ends it with it.
@Singleton
final class Startup {

    private final CoordinatorConfig config;
    private final FleetConfigFile file;
    private final Fleet fleet;
    private final LocalDatabase database;
    private @Nullable FleetWatch watch;

    Startup(CoordinatorConfig config, FleetConfigFile file, Fleet fleet, LocalDatabase database) {
        this.config = config;
        this.file = file;
        this.fleet = fleet;
        this.database = database;
    }

    void start(@Observes StartupEvent event) {
        watch = FleetWatch.start(
                config.watchInterval(),
                List.of(this::followFile, fleet::refreshAll, database::attachLake, database::dropCachedFragments));
    }

    private void followFile() {
        file.reread().ifPresent(fleet::use);
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.close();
        }
    }
}
