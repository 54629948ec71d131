package io.duckfleet.sidecar.maintenance;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/// `POST /maintenance/{task}`: does now what is done from time to time anyway.
@Path("/maintenance")
public final class MaintenanceResource {

    private static final double MILLIS = 1000.0;

    private final Maintenance maintenance;
    private final Clock clock;

    public MaintenanceResource(Maintenance maintenance, Clock clock) {
        this.maintenance = maintenance;
        this.clock = clock;
    }

    /// Answers when the task is through, or has run long enough.
    @POST
    @Path("/{task}")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Maintains the lake now (admin)",
            description =
                    "merge: small files become larger ones; sync: the Iceberg tables beside the lake are brought up to date; expire: old snapshots go; cleanup: replaced files are removed; orphans: files of commits that were cut short are removed.")
    public MaintenanceAnswer run(
            @Parameter(description = "merge, sync, expire, cleanup or orphans") @PathParam("task") String name) {
        MaintenanceTask task = MaintenanceTask.of(name);
        Instant began = clock.instant();
        MaintenanceOutcome outcome = maintenance.run(task);
        Instant now = clock.instant();
        return new MaintenanceAnswer(
                "success",
                task.wireName(),
                outcome.done(),
                outcome.finished(),
                Duration.between(began, now).toMillis() / MILLIS,
                maintenance.backlog().orElse(new MaintenanceBacklog(0, 0, 0)),
                now);
    }
}
