package io.duckfleet.datanode.table;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `GET /metadata`.
@Path("/metadata")
public final class MetadataResource {

    private final TableSlot slot;
    private final Clock clock;

    public MetadataResource(TableSlot slot, Clock clock) {
        this.slot = slot;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What was loaded: columns, types, rows, size, statistics")
    @APIResponse(responseCode = "200", description = "The table, and the names of all tables")
    @APIResponse(responseCode = "422", description = "The node has no table of that name")
    public TableMetadata metadata(
            @Parameter(description = "one of the node's tables; the first one without") @QueryParam("table")
                    Optional<String> table) {
        LoadedTables tables = slot.tables();
        return TableMetadata.of(tables.named(table), tables.names(), clock.instant());
    }
}
