package io.duckfleet.coordinator.fleet;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Tells of the fleet's nodes as `duckfleet_coordinator_nodes_away`, and of its configuration as
/// `duckfleet_coordinator_config_in_force` (0 while the file's content can't be used) and
/// `duckfleet_coordinator_config_changes_total`.
public final class FleetMetrics {

    private FleetMetrics() {}

    public static void register(MeterRegistry registry, FleetConfigFile file) {
        Gauge.builder(
                        "duckfleet.coordinator.config.in.force",
                        file,
                        now -> now.problem().isEmpty() ? 1 : 0)
                .description("1 while the configuration file is what is in force, 0 while its content can't be used")
                .register(registry);
        FunctionCounter.builder("duckfleet.coordinator.config.changes", file, FleetConfigFile::changes)
                .description("how often another configuration has come into force")
                .register(registry);
    }

    public static void register(MeterRegistry registry, Fleet fleet) {
        Gauge.builder("duckfleet.coordinator.nodes.away", fleet, Fleet::nodesAway)
                .description("nodes of the configuration that can't be asked")
                .register(registry);
    }
}
