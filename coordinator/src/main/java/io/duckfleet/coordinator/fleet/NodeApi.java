package io.duckfleet.coordinator.fleet;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// The control calls of a data node. Bulk goes another way.
interface NodeApi {

    @GET
    @Path("/metadata")
    NodeMetadata metadata(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @QueryParam("table") String table);

    @DELETE
    @Path("/fragments/{id}")
    void cancelFragment(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String fragmentId);
}
