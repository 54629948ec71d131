package io.duckfleet.coordinator.run;

import io.duckfleet.common.http.ClientConnection;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
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

/// `POST /query` and `POST /explain`. A caller that goes away stops its query.
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
    @Operation(
            summary = "One SELECT over the fleet, as JSON, NDJSON, CSV, Arrow, Parquet or text",
            description = "With Cache-Control: no-cache, everything is fetched from the nodes again.")
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
        Answer answer = queries.answer(
                QueryMode.RUN,
                QueryRequest.of(body),
                chosen,
                JsonNumbers.of(numbers),
                Caching.of(headers.getHeaderString(HttpHeaders.CACHE_CONTROL)),
                ClientConnection.stopSignal(context));
        return ClientConnection.stream(answer, answer.contentType(), context);
    }

    @POST
    @Path("explain")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "The plan of one SELECT: fragments with the SQL for each node; as JSON, or as text",
            description = "With \"analyze\" the statement is run, and rows, bytes and times are told.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExplainRequest.class)))
    public Response explain(byte[] body, @Context HttpHeaders headers, @Context RoutingContext context) {
        ResultFormat chosen = ResultFormat.choose(Optional.empty(), headers.getAcceptableMediaTypes());
        Answer answer = queries.answer(
                ExplainRequest.modeOf(body),
                QueryRequest.of(body),
                chosen,
                JsonNumbers.PLAIN,
                Caching.of(headers.getHeaderString(HttpHeaders.CACHE_CONTROL)),
                ClientConnection.stopSignal(context));
        return ClientConnection.stream(answer, answer.contentType(), context);
    }
}
