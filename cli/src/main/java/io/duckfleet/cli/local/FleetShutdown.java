package io.duckfleet.cli.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Stops a fleet's services in order: first the coordinator, which asks the others, then Trino, sidecar and
/// data nodes. Each has ten seconds before it is killed.
final class FleetShutdown {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProcessNotes notes;

    FleetShutdown(ProcessNotes notes) {
        this.notes = notes;
    }

    /// Stops all that run; returns the names of those that did.
    List<String> stopServices() {
        List<String> stopped = new ArrayList<>(stopAll(List.of(FleetServices.COORDINATOR)));
        List<String> others = new ArrayList<>();
        others.add(FleetServices.SIDECAR);
        others.add(TrinoService.NAME);
        notes.components().stream()
                .filter(component -> component.startsWith("node-"))
                .forEach(others::add);
        stopped.addAll(stopAll(others));
        return List.copyOf(stopped);
    }

    /// Stops one component; whether it ran.
    boolean stop(String component, Duration patience) {
        boolean ran = notes.running(component)
                .map(process -> {
                    ServiceProcess.stop(process, patience);
                    return true;
                })
                .orElse(false);
        notes.remove(component);
        return ran;
    }

    private List<String> stopAll(List<String> components) {
        return components.parallelStream()
                .filter(component -> stop(component, PATIENCE))
                .toList();
    }
}
