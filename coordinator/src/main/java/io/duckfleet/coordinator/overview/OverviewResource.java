package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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

/// `GET /`, `GET /tables`, `GET /health` and `GET /fleet`.
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewResource {

    private final Overview overview;
    private final Services services;
    private final Clock clock;

    public OverviewResource(Overview overview, Services services, Clock clock) {
        this.overview = overview;
        this.services = services;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Operation(summary = "What this is, and which tables there are")
    public Root root() {
        List<String> names =
                overview.tables().stream().map(TableListing::name).distinct().toList();
        return new Root("Duckfleet coordinator", "/docs", "/openapi.json", names, "/console/");
    }

    @GET
    @Path("tables")
    @Blocking
    @Operation(summary = "The tables of nodes and lake: columns, rows, node, health")
    public Tables tables() {
        return new Tables(overview.tables());
    }

    @GET
    @Path("health")
    @Blocking
    @Operation(summary = "How the fleet is; 200 also while some nodes are away")
    public Health health() {
        List<String> problems = overview.problems();
        return new Health(
                Overview.health(problems), "coordinator", "connected", clock.instant(), overview.nodes(), problems);
    }

    @GET
    @Path("fleet")
    @Blocking
    @Operation(
            summary = "Every service with its health, rows, memory, load time and requests",
            description =
                    "Each is asked when this is called, for at most some seconds; one that gives no answer is told as such.")
    public AllServices fleet(@Context UriInfo request) {
        return new AllServices(services.listings(request.getBaseUri()), clock.instant());
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Root(
            String message, String docsUrl, String openapiUrl, List<String> availableTables, String consoleUrl) {}

    public record Tables(List<TableListing> tables) {}

    public record AllServices(List<ServiceListing> services, Instant timestamp) {}

    public record Health(
            String status,
            String service,
            String database,
            Instant timestamp,
            List<NodeListing> nodes,
            List<String> problems) {}
}
