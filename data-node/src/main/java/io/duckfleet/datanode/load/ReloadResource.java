package io.duckfleet.datanode.load;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.LoadedTables;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `POST /reload`: answers when the new tables are served, or with the reason why the old ones still are.
@Path("/reload")
public final class ReloadResource {

    private static final double NANOS_PER_MS = 1e6;

    private final LoadService loads;
    private final Clock clock;

    public ReloadResource(LoadService loads, Clock clock) {
        this.loads = loads;
        this.clock = clock;
    }

    @POST
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Loads the objects again",
            description =
                    "The old tables serve until the new ones are whole, all of them; a reload that fails changes nothing.")
    @APIResponse(responseCode = "200", description = "The new tables are served")
    @APIResponse(responseCode = "429", description = "A load is under way already")
    @APIResponse(responseCode = "502", description = "The objects can't be loaded; the old tables are served on")
    @APIResponse(
            responseCode = "507",
            description = "There is not enough memory for the tables beside those that are served")
    public Reloaded reload() {
        LoadedTables tables = loads.reload();
        LoadedTable table = tables.first();
        return new Reloaded(
                "success",
                table.name().text(),
                table.rowCount(),
                table.source().etag(),
                table.version(),
                table.source().loadTime().toNanos() / NANOS_PER_MS,
                clock.instant(),
                tables.all().stream().map(ReloadedTable::of).toList());
    }

    /// The answer: the first table, and all of them.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Reloaded(
            String status,
            String tableName,
            long rowCount,
            String etag,
            String tableVersion,
            double loadTimeMs,
            Instant timestamp,
            List<ReloadedTable> tables) {}

    /// One of the tables.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ReloadedTable(String tableName, long rowCount, String etag, double loadTimeMs) {

        static ReloadedTable of(LoadedTable table) {
            return new ReloadedTable(
                    table.name().text(),
                    table.rowCount(),
                    table.source().etag(),
                    table.source().loadTime().toNanos() / NANOS_PER_MS);
        }
    }
}
