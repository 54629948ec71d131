package io.duckfleet.coordinator.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.http.QueryParameters;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `GET /statistics`, `/files`, `/schema` and `/snapshots`: from the lake's catalog, whatever its size.
@Path("/")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "200", description = "as the catalog has it at this moment")
@APIResponse(responseCode = "422", description = "no such table, or a number out of range")
@APIResponse(responseCode = "502", description = "the catalog can't be reached")
@APIResponse(responseCode = "503", description = "no lake is configured")
public final class CatalogueResource {

    private static final String SUCCESS = "success";
    private static final int SNAPSHOTS = 100;
    private static final int MOST_SNAPSHOTS = 10_000;

    private final CatalogueService catalogue;
    private final Clock clock;

    public CatalogueResource(CatalogueService catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @GET
    @Path("statistics")
    @Operation(
            summary = "How many records there are, of which weeks, in which files",
            description = "From the catalog: no file is read. query_statistics is {} while the lake is empty.")
    public StatisticsAnswer statistics(
            @Parameter(description = "one table; all without", example = "trips") @QueryParam("table")
                    Optional<String> table) {
        CatalogueService.StatisticsOfFiles statistics = catalogue.statistics(table);
        return new StatisticsAnswer(
                SUCCESS,
                statistics.statistics().<Object>map(known -> known).orElse(Map.of()),
                statistics.files(),
                clock.instant());
    }

    @GET
    @Path("files")
    @Operation(summary = "The lake's files, with table and partition")
    public FilesAnswer files(
            @Parameter(description = "one table; all without", example = "trips") @QueryParam("table")
                    Optional<String> table) {
        List<LakeFile> files = catalogue.files(table);
        return new FilesAnswer(SUCCESS, files, files.size());
    }

    @GET
    @Path("schema")
    @Operation(summary = "The columns of one table, or of all records")
    public SchemaAnswer schema(
            @Parameter(description = "one table; all_records without", example = "trips") @QueryParam("table")
                    Optional<String> table) {
        List<SchemaColumn> columns = catalogue.schema(table);
        return columns.isEmpty()
                ? new SchemaAnswer(
                        "no_data",
                        Optional.of("the lake is empty; POST /ingest puts records into it"),
                        Optional.empty())
                : new SchemaAnswer(SUCCESS, Optional.empty(), Optional.of(columns));
    }

    @GET
    @Path("snapshots")
    @Operation(
            summary = "The lake's commits, newest first: when, by whom, and what each changed",
            description = "To go on to older ones, ask again with \"to\" below the last id.")
    public SnapshotsAnswer snapshots(
            @Parameter(description = "1 to 10000, 100 without", example = "100") @QueryParam("limit")
                    Optional<String> limit,
            @Parameter(description = "the newest id that is wanted") @QueryParam("to") Optional<String> to) {
        long most = QueryParameters.integer("limit", limit, 1, MOST_SNAPSHOTS).orElse((long) SNAPSHOTS);
        long newest = QueryParameters.integer("to", to, 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        return new SnapshotsAnswer(SUCCESS, catalogue.snapshots(newest, Math.toIntExact(most)));
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record StatisticsAnswer(
            String status, Object queryStatistics, List<LakeFile> fileStatistics, Instant timestamp) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record FilesAnswer(String status, List<LakeFile> files, int totalFiles) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SchemaAnswer(String status, Optional<String> message, Optional<List<SchemaColumn>> schema) {}

    public record SnapshotsAnswer(String status, List<SnapshotListing> snapshots) {}
}
