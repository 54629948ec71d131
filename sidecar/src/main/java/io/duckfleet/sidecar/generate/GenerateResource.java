package io.duckfleet.sidecar.generate;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.JsonBody;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.generator.GeneratedLines;
import io.duckfleet.generator.RecordGenerator;
import io.duckfleet.generator.RecordKind;
import io.duckfleet.sidecar.ingest.Destination;
import io.duckfleet.sidecar.ingest.IngestAnswer;
import io.duckfleet.sidecar.ingest.IngestBudget;
import io.duckfleet.sidecar.ingest.IngestOptions;
import io.duckfleet.sidecar.ingest.OnError;
import io.duckfleet.sidecar.ingest.Submissions;
import io.duckfleet.sidecar.ingest.TableChoice;
import io.duckfleet.sidecar.schema.Inference;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// `POST /generate`: sample records into a lake table.
@Path("/generate")
public final class GenerateResource {

    private static final long COUNT = 1_000;

    private final GenerateSettings settings;
    private final Submissions submissions;
    private final IngestBudget budget;
    private final Clock clock;

    public GenerateResource(GenerateSettings settings, Submissions submissions, IngestBudget budget, Clock clock) {
        this.settings = settings;
        this.submissions = submissions;
        this.budget = budget;
        this.clock = clock;
    }

    /// Answers when the records are in the lake, as [io.duckfleet.sidecar.ingest.IngestResource] does.
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts sample records into a lake table",
            description =
                    "Off unless GENERATOR_ENABLED is true. Their times lie in the last 90 days, their day is today.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = GenerateRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "events",
                                            value =
                                                    "{\"type\": \"event\", \"count\": 10000, \"table_name\": \"events\"}")))
    @APIResponse(responseCode = "200", description = "the records are in the lake; as of POST /ingest")
    @APIResponse(responseCode = "403", description = "generating isn't enabled here")
    public IngestAnswer generate(byte[] body) {
        if (!settings.enabled()) {
            throw new FleetException(
                    ErrorCode.FORBIDDEN,
                    "sample records aren't made here; start the sidecar with GENERATOR_ENABLED=true, or use duckfleet generate");
        }
        GenerateRequest request = JsonBody.read(body, GenerateRequest.class);
        RecordKind kind = kind(Optional.ofNullable(request.type()));
        long count = count(Optional.ofNullable(request.count()));
        TableName table = table(Optional.ofNullable(request.tableName()), kind);
        long seed = Optional.ofNullable(request.seed())
                .orElseGet(() -> ThreadLocalRandom.current().nextLong());
        GeneratedLines lines = new GeneratedLines(RecordGenerator.of(kind, seed, clock.instant()), count);
        IngestOptions options =
                new IngestOptions(OnError.ABORT, new Inference(true), Optional.empty(), Optional.empty());
        try (IngestBudget.Share share = budget.open()) {
            return submissions.lines(lines, new Destination(Optional.of(table), Optional.empty()), options, share);
        }
    }

    private static RecordKind kind(Optional<String> text) {
        String written = text.filter(type -> !type.isEmpty()).orElse(RecordKind.USER.text());
        return RecordKind.of(written)
                .orElseThrow(() -> FleetException.invalid(
                        "type",
                        "one of %s was expected, it is \"%s\""
                                .formatted(
                                        Arrays.stream(RecordKind.values())
                                                .map(RecordKind::text)
                                                .collect(Collectors.joining(", ")),
                                        written)));
    }

    private long count(Optional<Long> asked) {
        long count = asked.orElse(COUNT);
        if (count < 1 || count > settings.most()) {
            throw FleetException.invalid(
                    "count", "1 to %d records were expected, it is %d".formatted(settings.most(), count));
        }
        return count;
    }

    private static TableName table(Optional<String> name, RecordKind kind) {
        return TableChoice.of(name.filter(text -> !text.isEmpty()), Optional.of(kind.text() + "s"));
    }
}
