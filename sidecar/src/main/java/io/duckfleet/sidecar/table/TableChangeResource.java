package io.duckfleet.sidecar.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.JsonBody;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.TableChanges;
import io.duckfleet.sidecar.ingest.PartitionDates;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// `PUT /table/{name}/schema` and `DELETE /table/{name}`.
@Path("/")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class TableChangeResource {

    private final TableChanges changes;
    private final TableService tables;

    public TableChangeResource(TableChanges changes, TableService tables) {
        this.changes = changes;
        this.tables = tables;
    }

    @PUT
    @Path("/table/{name}/schema")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Declares columns of a table",
            description =
                    "Makes the table, or adds the columns, before the first record has them. A declared column keeps its type where an inferred one would become text.")
    @RequestBody(
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = TableDeclaration.class)))
    @APIResponse(responseCode = "200", description = "all columns of the table")
    public TableAnswers.TableSchema declare(@PathParam("name") String name, byte[] body) {
        TableName table = new TableName(name);
        changes.declare(table, JsonBody.read(body, TableDeclaration.class).columns());
        return new TableAnswers.TableSchema(table.text(), tables.columns(table));
    }

    @DELETE
    @Path("/table/{name}")
    @Operation(
            summary = "Drops a table, or its partitions before a day",
            description = "What is deleted can't be had back: duckfleet archive exports it first.")
    @APIResponse(responseCode = "200", description = "how many records went")
    @APIResponse(responseCode = "404", description = "no such table")
    public Deleted delete(
            @PathParam("name") String name,
            @Parameter(description = "YYYY-MM-DD: only records of earlier days go, and the table stays")
                    @QueryParam("before")
                    @Nullable
                    String before,
            @Parameter(description = "with before: deletes only if it is so many records")
                    @QueryParam("expect")
                    @Nullable
                    String expect) {
        TableName table = new TableName(name);
        Optional<LocalDate> day = Optional.ofNullable(before).map(text -> PartitionDates.parse("before", text));
        if (day.isEmpty()) {
            long count = changes.drop(table);
            return new Deleted(
                    "success", "Dropped %s with %d records".formatted(table, count), table.text(), count, day);
        }
        long count = changes.deleteBefore(table, day.get(), expected(expect));
        return new Deleted(
                "success", "Deleted %d records before %s".formatted(count, day.get()), table.text(), count, day);
    }

    private static OptionalLong expected(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("\\d{1,18}")) {
            throw FleetException.invalid("expect", "a number of records was expected, not \"%s\"".formatted(text));
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /// The answer to a deletion; `before` is there where only partitions before a day went.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Deleted(
            String status,
            String message,
            String tableName,
            long recordCount,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LocalDate> before) {}
}
