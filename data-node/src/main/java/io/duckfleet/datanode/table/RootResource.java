package io.duckfleet.datanode.table;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.sql.TableName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /`: where to go from here.
@Path("/")
public final class RootResource {

    private final TableName tableName;

    public RootResource(TableName tableName) {
        this.tableName = tableName;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The table's name, and where the documentation is")
    public Welcome welcome() {
        return new Welcome("Duckfleet data node", "/docs", "/openapi.json", tableName.text());
    }

    /// The answer.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Welcome(String message, String docsUrl, String openapiUrl, String tableName) {}
}
