package io.duckfleet.datanode.query;

import io.duckfleet.common.http.ClientConnection;
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
import jakarta.ws.rs.core.StreamingOutput;
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
    @Operation(summary = "One SELECT over the tables, as JSON, NDJSON, CSV, Arrow, Parquet or text")
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
        RowsRequest request = RowsRequest.of(format, numbers, headers);
        String sql = QueryRequest.sqlOf(body);
        return respond(queries.select(sql, request, ClientConnection.stopSignal(context)), context);
    }

    @GET
    @Path("data")
    @Blocking
    @Operation(summary = "Some columns and rows of a table, in any result format")
    public Response data(
            @Parameter(description = "one of the node's tables; the first one without") @QueryParam("table")
                    Optional<String> table,
            @Parameter(description = "names with commas between; all columns without") @QueryParam("columns")
                    Optional<String> columns,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("offset") Optional<String> offset,
            @QueryParam("format") Optional<String> format,
            @QueryParam("numbers") Optional<String> numbers,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        RowsRequest request = RowsRequest.of(format, numbers, headers);
        Projection projection = Projection.parse(table, columns, limit, offset);
        return respond(queries.project(projection, request, ClientConnection.stopSignal(context)), context);
    }

    private static Response respond(Outcome outcome, RoutingContext context) {
        return switch (outcome) {
            case Outcome.Unchanged unchanged -> tagged(Response.notModified(), unchanged.tag());
            case Answer answer -> respondWith(answer, context);
        };
    }

    private static Response respondWith(Answer answer, RoutingContext context) {
        StreamingOutput body = answer.body(() -> ClientConnection.breakOff(context));
        Response response = ClientConnection.stream(body, answer.contentType(), context);
        return answer.tag()
                .map(tag -> tagged(Response.fromResponse(response), tag))
                .orElse(response);
    }

    /// A cache may keep the answer, and has to ask each time whether it still holds.
    private static Response tagged(Response.ResponseBuilder response, ResultTag tag) {
        return response.header(HttpHeaders.ETAG, tag.value())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Accept-Encoding")
                .build();
    }
}
