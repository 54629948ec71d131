package io.duckfleet.coordinator.history;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /queries`, `GET /queries/{id}` and `DELETE /queries/{id}`.
@Path("/queries")
@Produces(MediaType.APPLICATION_JSON)
public final class QueryHistoryResource {

    private final QueryHistory history;

    public QueryHistoryResource(QueryHistory history) {
        this.history = history;
    }

    @GET
    @Operation(summary = "The last queries and those that run now, newest first")
    public Queries queries() {
        return new Queries(history.listings());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One query")
    public QueryListing query(@PathParam("id") String id) {
        return history.entry(id).listing();
    }

    @DELETE
    @Path("{id}")
    @Blocking
    @Operation(summary = "Stops a query, on the coordinator and on the nodes")
    public QueryListing cancel(@PathParam("id") String id) {
        QueryEntry entry = history.entry(id);
        entry.cancel();
        return entry.listing();
    }

    public record Queries(List<QueryListing> queries) {}
}
