package io.duckfleet.datanode.health;

import io.duckfleet.datanode.load.LoadService;
import io.duckfleet.datanode.table.Soundness;
import io.duckfleet.datanode.table.TableSlot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /health`: 200 as long as the node lives; `state` tells how far it is.
@Path("/health")
public final class HealthResource {

    private final TableSlot slot;
    private final LoadService loads;
    private final Soundness soundness;
    private final Clock clock;

    public HealthResource(TableSlot slot, LoadService loads, Soundness soundness, Clock clock) {
        this.slot = slot;
        this.loads = loads;
        this.soundness = soundness;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Whether the node lives, how far its tables are, and what became of reloads")
    public Health health() {
        Health health = Health.of(slot.state(), loads.reloads(), clock.instant());
        return soundness.fault().map(health::degradedBy).orElse(health);
    }
}
