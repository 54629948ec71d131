package io.duckfleet.sidecar.maintenance;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/// The answer to a run of a task: `done` are files merged, snapshots expired or files removed; `finished`
/// tells that nothing was left to do, otherwise the next run goes on.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MaintenanceAnswer(
        String status,
        String task,
        long done,
        boolean finished,
        double durationSeconds,
        MaintenanceBacklog backlog,
        Instant timestamp) {}
