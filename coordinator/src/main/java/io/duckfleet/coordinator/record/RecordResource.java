package io.duckfleet.coordinator.record;

import io.duckfleet.common.http.ClientConnection;
import io.duckfleet.common.http.JsonBody;
import io.duckfleet.common.http.QueryParameters;
import io.duckfleet.coordinator.run.Answer;
import io.duckfleet.coordinator.run.QueryRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `/query/sql`, `/query/id/{id}`, `/query/date-range`, `/query/recent` and `/query/search`.
@Path("/")
@Blocking
@Consumes(MediaType.WILDCARD)
@APIResponse(
        responseCode = "200",
        description = "the records",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        examples = @ExampleObject(name = "one record", value = RecordResource.ANSWER)))
@APIResponse(responseCode = "422", description = "a value is invalid; errors names the field")
@APIResponse(responseCode = "503", description = "no lake is configured")
public final class RecordResource {

    static final String ANSWER = """
            {"status": "success", "data": [{"record_id": "user_123", "name": "John"}], "columns": ["record_id", "name"], "duration_seconds": 0.02,
             "query": "SELECT * FROM lake.data.\\"users\\" WHERE \\"record_id\\" = $id LIMIT $limit", "parameters": {"id": "user_123", "limit": 1}, "row_count": 1}""";

    private static final long DAY = 24;

    private final RecordService records;

    public RecordResource(RecordService records) {
        this.records = records;
    }

    @POST
    @Path("query/sql")
    @Operation(summary = "One SELECT over lake and nodes; all_records is all lake tables")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QueryRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "records of a country",
                                            value =
                                                    "{\"query\": \"SELECT country, count(*) AS n FROM all_records GROUP BY country ORDER BY n DESC\", \"limit\": 10}")))
    public Response sql(byte[] body, @BeanParam AskedOptions asked) {
        return respond(records.sql(QueryRequest.of(body), asked.read(Optional.empty())), asked);
    }

    @GET
    @Path("query/id/{id:.+}")
    @Operation(summary = "The newest record of an id: of that record_id, else of that id")
    @APIResponse(responseCode = "404", description = "no such record")
    public Response byId(
            @Parameter(example = "user_123") @PathParam("id") String id,
            @Parameter(description = "all_records without", example = "users") @QueryParam("table")
                    Optional<String> table,
            @Parameter(description = "0 to 10000") @QueryParam("limit") Optional<String> limit,
            @QueryParam("timeout_ms") Optional<String> timeout,
            @BeanParam AskedOptions asked) {
        Answer answer = records.byId(
                id,
                table,
                QueryParameters.integer("limit", limit),
                asked.read(QueryParameters.integer("timeout_ms", timeout)));
        return respond(answer, asked);
    }

    @POST
    @Path("query/date-range")
    @Operation(summary = "The records of a range of dates, newest first")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DateRangeRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "October",
                                            value =
                                                    "{\"start_date\": \"2025-10-01\", \"end_date\": \"2025-10-31\", \"limit\": 100}")))
    public Response inRange(byte[] body, @BeanParam AskedOptions asked) {
        DateRangeRequest request = JsonBody.read(body, DateRangeRequest.class);
        return respond(records.inRange(request, asked.read(Optional.ofNullable(request.timeoutMs()))), asked);
    }

    @GET
    @Path("query/recent")
    @Operation(summary = "The records that were ingested lately, newest first")
    public Response recent(
            @Parameter(description = "1 to 168, 24 without", example = "24") @QueryParam("hours")
                    Optional<String> hours,
            @Parameter(description = "0 to 10000, 100 without", example = "100") @QueryParam("limit")
                    Optional<String> limit,
            @Parameter(description = "all_records without", example = "users") @QueryParam("table")
                    Optional<String> table,
            @QueryParam("timeout_ms") Optional<String> timeout,
            @BeanParam AskedOptions asked) {
        Answer answer = records.recent(
                QueryParameters.integer("hours", hours).orElse(DAY),
                QueryParameters.integer("limit", limit),
                table,
                asked.read(QueryParameters.integer("timeout_ms", timeout)));
        return respond(answer, asked);
    }

    @POST
    @Path("query/search")
    @Operation(summary = "The records that hold a text in any column, nested ones too")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SearchRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "john",
                                            value = "{\"search_term\": \"john\", \"limit\": 100}")))
    public Response search(byte[] body, @BeanParam AskedOptions asked) {
        SearchRequest request = JsonBody.read(body, SearchRequest.class);
        return respond(records.search(request, asked.read(Optional.ofNullable(request.timeoutMs()))), asked);
    }

    private static Response respond(Answer answer, AskedOptions asked) {
        return ClientConnection.stream(answer, answer.contentType(), asked.context());
    }
}
