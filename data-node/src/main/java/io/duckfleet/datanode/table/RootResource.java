package io.duckfleet.datanode.table;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /`: where to go from here.
@Path("/")
public final class RootResource {

    private final TableNames names;

    public RootResource(TableNames names) {
        this.names = names;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The tables' names, and where the documentation is")
    public Welcome welcome() {
        return new Welcome(
                "Duckfleet data node", "/docs", "/openapi.json", names.first().text(), names.texts());
    }

    /// The answer.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Welcome(String message, String docsUrl, String openapiUrl, String tableName, List<String> tables) {}
}
