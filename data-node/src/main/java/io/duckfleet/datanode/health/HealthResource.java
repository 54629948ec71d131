package io.duckfleet.datanode.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.TableSlot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /health`: 200 as long as the node lives; `state` tells how far it is.
@Path("/health")
public final class HealthResource {

    private final TableSlot slot;
    private final Clock clock;

    public HealthResource(TableSlot slot, Clock clock) {
        this.slot = slot;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Whether the node lives, and how far its table is")
    public Health health() {
        Instant now = clock.instant();
        return switch (slot.state()) {
            case NodeState.Ready ready ->
                new Health(
                        "healthy",
                        "data-node",
                        "connected",
                        "ready",
                        now,
                        Optional.of(ready.table().rowCount()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case NodeState.Loading loading ->
                new Health(
                        "healthy",
                        "data-node",
                        "loading",
                        "loading",
                        now,
                        Optional.empty(),
                        Optional.of(loading.bytesRead()),
                        Optional.of(loading.bytesTotal()),
                        Optional.empty());
            case NodeState.Failed failed ->
                new Health(
                        "degraded",
                        "data-node",
                        "failed",
                        "failed",
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(failed.reason()));
        };
    }

    /// The answer; what doesn't apply is left out.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Health(
            String status,
            String service,
            String database,
            String state,
            Instant timestamp,
            Optional<Long> rowCount,
            Optional<Long> bytesRead,
            Optional<Long> bytesTotal,
            Optional<String> reason) {}
}
