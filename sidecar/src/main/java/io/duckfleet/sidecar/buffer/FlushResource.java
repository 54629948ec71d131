package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.ingest.Destination;
import io.duckfleet.sidecar.ingest.IngestAnswer;
import io.duckfleet.sidecar.ingest.IngestAnswers;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.ingest.TableChoice;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// `POST /flush`.
@Path("/flush")
public final class FlushResource {

    private static final int MAX_LISTED = 1_000;
    private static final double MILLIS = 1000.0;

    private final Flusher flusher;
    private final IngestAnswers answers;
    private final IngestBudget budget;
    private final Clock clock;

    public FlushResource(Flusher flusher, IngestAnswers answers, IngestBudget budget, Clock clock) {
        this.flusher = flusher;
        this.answers = answers;
        this.budget = budget;
        this.clock = clock;
    }

    /// Answers when all that was acknowledged before is in the lake.
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts the buffered records into the lake",
            description =
                    "Covers everything that was acknowledged before it. Records that don't fit into their table go to duckfleet.rejected.")
    @APIResponse(
            responseCode = "200",
            description = "what is in the lake now; with tables, when all were flushed",
            content = @Content(schema = @Schema(implementation = IngestAnswer.class)))
    public Response flush(
            @Parameter(description = "without it, all tables") @QueryParam("table_name") @Nullable String tableName,
            @Parameter(hidden = true) @QueryParam("table") @Nullable String table,
            @Parameter(description = "YYYY-MM-DD, the day of the records that were given none when they came")
                    @QueryParam("partition_date")
                    @Nullable
                    String partitionDate) {
        Instant began = clock.instant();
        TableChoice.requireNoOtherName(table);
        Destination destination = Destination.of(tableName, partitionDate);
        try (IngestBudget.Share _ = budget.open()) {
            Map<TableName, FlushReceipt> receipts = flusher.flush(destination.table(), destination.day());
            return Response.ok(answer(destination.table(), receipts, began)).build();
        }
    }

    private Object answer(Optional<TableName> table, Map<TableName, FlushReceipt> receipts, Instant began) {
        List<IngestAnswer> tables = receipts.values().stream()
                .map(flushed -> answers.flushed(
                        flushed.table(),
                        flushed.receipt(),
                        flushed.rejected().stream().limit(MAX_LISTED).toList(),
                        began))
                .sorted(Comparator.comparing(IngestAnswer::tableName))
                .toList();
        if (tables.isEmpty()) {
            return new FlushAnswers.Nothing(table.map(TableName::text));
        }
        if (table.isPresent()) {
            return tables.getFirst();
        }
        Instant now = clock.instant();
        return FlushAnswers.AllTables.of(tables, Duration.between(began, now).toMillis() / MILLIS, now);
    }
}
