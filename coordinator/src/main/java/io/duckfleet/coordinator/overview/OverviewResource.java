package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /`, `GET /tables` and `GET /health`.
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewResource {

    private final Overview overview;
    private final Clock clock;

    public OverviewResource(Overview overview, Clock clock) {
        this.overview = overview;
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
        String status = problems.isEmpty() ? "healthy" : "degraded";
        return new Health(status, "coordinator", "connected", clock.instant(), overview.nodes(), problems);
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Root(
            String message, String docsUrl, String openapiUrl, List<String> availableTables, String consoleUrl) {}

    public record Tables(List<TableListing> tables) {}

    public record Health(
            String status,
            String service,
            String database,
            Instant timestamp,
            List<NodeListing> nodes,
            List<String> problems) {}
}
