package io.duckfleet.sidecar.table;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.table.TableAnswers.TableCount;
import io.duckfleet.sidecar.table.TableAnswers.TableSchema;
import io.duckfleet.sidecar.table.TableAnswers.Tables;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /tables`, `/table/{name}/schema`, `/table/{name}/count`.
@Path("/")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class TableResource {

    private final TableService tables;

    public TableResource(TableService tables) {
        this.tables = tables;
    }

    @GET
    @Path("/tables")
    @Operation(summary = "Names of the tables, in the lake or buffered")
    public Tables tables() {
        return new Tables(tables.names());
    }

    @GET
    @Path("/table/{name}/schema")
    @Operation(summary = "Columns of a table")
    public TableSchema schema(@PathParam("name") String name) {
        TableName table = new TableName(name);
        return new TableSchema(table.text(), tables.columns(table));
    }

    @GET
    @Path("/table/{name}/count")
    @Operation(summary = "How many records a table has, in the buffer and in the lake")
    public TableCount count(@PathParam("name") String name) {
        TableName table = new TableName(name);
        long bufferedCount = tables.bufferedCount(table);
        return new TableCount(table.text(), bufferedCount, tables.lakeCount(table));
    }
}
