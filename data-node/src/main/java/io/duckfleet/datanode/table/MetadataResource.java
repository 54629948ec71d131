package io.duckfleet.datanode.table;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

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
    public TableMetadata metadata() {
        return TableMetadata.of(slot.table(), clock.instant());
    }
}
