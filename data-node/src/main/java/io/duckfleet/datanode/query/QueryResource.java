package io.duckfleet.datanode.query;

import io.duckfleet.common.http.ClientConnection;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/// `POST /query` and `GET /data`. A caller that goes away stops its query.
@Path("/")
public final class QueryResource {

    private final QueryService queries;

    public QueryResource(QueryService queries) {
        this.queries = queries;
    }

    @POST
    @Path("query")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "One SELECT over the table, as JSON, NDJSON, CSV, Arrow, Parquet or text")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QueryRequest.class)))
    public Response query(
            byte[] body,
            @Parameter(description = "json, ndjson, csv, arrow, parquet or text; else by Accept") @QueryParam("format")
                    Optional<String> format,
            @Parameter(description = "safe: large integers and decimals as texts") @QueryParam("numbers")
                    Optional<String> numbers,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        ResultFormat chosen = ResultFormat.choose(format, headers.getAcceptableMediaTypes());
        String sql = QueryRequest.sqlOf(body);
        return respond(
                queries.select(sql, chosen, JsonNumbers.of(numbers), ClientConnection.stopSignal(context)), context);
    }

    @GET
    @Path("data")
    @Blocking
    @Operation(summary = "Some columns and rows of the table, in any result format")
    public Response data(
            @Parameter(description = "names with commas between; all columns without") @QueryParam("columns")
                    Optional<String> columns,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("offset") Optional<String> offset,
            @QueryParam("format") Optional<String> format,
            @QueryParam("numbers") Optional<String> numbers,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        ResultFormat chosen = ResultFormat.choose(format, headers.getAcceptableMediaTypes());
        Projection projection = Projection.parse(columns, limit, offset);
        return respond(
                queries.project(projection, chosen, JsonNumbers.of(numbers), ClientConnection.stopSignal(context)),
                context);
    }

    private static Response respond(Answer answer, RoutingContext context) {
        return ClientConnection.stream(answer, answer.contentType(), context);
    }
}
