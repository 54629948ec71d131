package io.duckfleet.coordinator.console;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /fleet`.
@Path("/fleet")
public final class FleetResource {

    private final Services services;
    private final Clock clock;

    public FleetResource(Services services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Every service with its health, rows, memory, load time and requests",
            description =
                    "Each is asked when this is called, for at most some seconds; one that gives no answer is told as such.")
    public Answer fleet(@Context UriInfo request) {
        return new Answer(services.listings(request.getBaseUri()), clock.instant());
    }

    public record Answer(List<ServiceListing> services, Instant timestamp) {}
}
