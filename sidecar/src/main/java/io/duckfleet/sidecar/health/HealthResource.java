package io.duckfleet.sidecar.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.sidecar.buffer.Backlog;
import io.duckfleet.sidecar.buffer.Buffer;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.iceberg.Mirror;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.maintenance.Maintenance;
import io.duckfleet.sidecar.maintenance.MaintenanceBacklog;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `GET /health`: 200 when records can be taken, else 503 with the reasons.
@Path("/health")
public final class HealthResource {

    private final LakeSettings lake;
    private final Reachability reachability;
    private final Buffer buffer;
    private final Maintenance maintenance;
    private final Optional<Mirror> mirror;
    private final KeyLedger ledger;
    private final Clock clock;

    public HealthResource(
            LakeSettings lake,
            Reachability reachability,
            Buffer buffer,
            Maintenance maintenance,
            Optional<Mirror> mirror,
            KeyLedger ledger,
            Clock clock) {
        this.lake = lake;
        this.reachability = reachability;
        this.buffer = buffer;
        this.maintenance = maintenance;
        this.mirror = mirror;
        this.ledger = ledger;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Whether records can be taken: state of S3 and of the catalog")
    @APIResponse(responseCode = "200", description = "all is well")
    @APIResponse(responseCode = "503", description = "catalog or S3 is out of reach")
    public Response health() {
        List<FleetException> problems = reachability.problems();
        boolean catalog = problems.stream().noneMatch(problem -> problem.code() == ErrorCode.CATALOG_UNREACHABLE);
        Health health = new Health(
                problems.isEmpty() ? "healthy" : "degraded",
                "duckdb-sidecar",
                lake.s3().endpoint().toString(),
                lake.s3().bucket(),
                catalog ? "connected" : "disconnected",
                clock.instant(),
                buffered(),
                maintenance.backlog(),
                mirror.flatMap(HealthResource::shown),
                ledger.place().map(place -> place.name().toLowerCase(Locale.ROOT)),
                problems.stream().map(FleetException::detail).toList());
        return Response.status(problems.isEmpty() ? 200 : 503).entity(health).build();
    }

    private static Optional<Shown> shown(Mirror mirror) {
        return mirror.state()
                .map(state -> new Shown(
                        state.tables(),
                        mirror.lag().map(Duration::toSeconds).orElse(0L),
                        state.refused(),
                        state.failed(),
                        state.withoutColumns()));
    }

    private Buffered buffered() {
        Backlog backlog = buffer.backlog();
        return new Buffered(backlog.rows(), backlog.bytes(), backlog.age().toSeconds());
    }

    /// What is buffered and not in the lake yet.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Buffered(long records, long bytes, long oldestSeconds) {}

    /// The Iceberg tables: how many there are, and how old what they show is at most; which are not there and
    /// why, which could not be brought up to date, and which columns are left out.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Shown(
            int tables,
            long lagSeconds,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> refused,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> failed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> withoutColumns) {}

    /// The answer; `maintenance` is what is left to do, when that was looked at; `iceberg` tells
    /// of the Iceberg tables, where they are kept; `key_ledger` is
    /// where idempotency keys are kept, `catalog` or, where that allows no trigger, `lake`; `reasons` are
    /// there when it is degraded.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Health(
            String status,
            String service,
            String s3Endpoint,
            String s3Bucket,
            String database,
            Instant timestamp,
            Buffered buffer,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<MaintenanceBacklog> maintenance,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Shown> iceberg,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> keyLedger,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reasons) {}
}
