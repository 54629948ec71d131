package io.duckfleet.sidecar;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.lake.LakeSettings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `GET /`: what this service is and what it serves.
@Path("/")
public final class OverviewResource {

    private static final Map<String, String> ENDPOINTS = new TreeMap<>(Map.ofEntries(
            Map.entry("POST /ingest", "put records into a lake table"),
            Map.entry("POST /ingest/file", "put a file's records into a lake table"),
            Map.entry("POST /ingest/stream", "put one record into the durable buffer"),
            Map.entry("POST /flush", "put the buffered records into the lake"),
            Map.entry("POST /maintenance/{task}", "merge, expire, cleanup or orphans now"),
            Map.entry("GET /tables", "names of the tables"),
            Map.entry("GET /table/{name}/schema", "columns of a table"),
            Map.entry("PUT /table/{name}/schema", "declare columns of a table"),
            Map.entry("DELETE /table/{name}", "drop a table, or its partitions before a day"),
            Map.entry("GET /table/{name}/count", "records of a table"),
            Map.entry("GET /health", "state of the service, of S3 and of the catalog"),
            Map.entry("GET /docs", "this API, to try out"),
            Map.entry("GET /openapi.json", "this API, described"),
            Map.entry("GET /metrics", "figures for Prometheus")));

    private final LakeSettings lake;

    public OverviewResource(LakeSettings lake) {
        this.lake = lake;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What this service is and what it serves")
    public Overview overview() {
        return new Overview(
                "duckdb-sidecar",
                "0.1.0",
                "Takes JSON records over HTTP and commits them, partitioned by date, into a DuckLake",
                ENDPOINTS,
                new S3Config(
                        lake.s3().endpoint().toString(),
                        lake.s3().bucket(),
                        lake.s3().region()));
    }

    /// The answer.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Overview(
            String service, String version, String description, Map<String, String> endpoints, S3Config s3Config) {}

    /// Where the lake's files are.
    public record S3Config(String endpoint, String bucket, String region) {}
}
