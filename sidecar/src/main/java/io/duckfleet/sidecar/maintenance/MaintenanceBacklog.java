package io.duckfleet.sidecar.maintenance;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/// What is left to do: small files that could be merged with a neighbour, snapshots in the lake, and
/// replaced files that wait for their removal.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MaintenanceBacklog(long smallFiles, long snapshots, long filesToRemove) {}
