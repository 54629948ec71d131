package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/// `POST /ingest`.
@Path("/ingest")
public final class IngestResource {

    private static final int MAX_KEY_LENGTH = 128;

    private final IngestService ingests;
    private final IngestBudget budget;
    private final BodyReader bodies;

    public IngestResource(IngestService ingests, IngestBudget budget, BodyReader bodies) {
        this.ingests = ingests;
        this.budget = budget;
        this.bodies = bodies;
    }

    /// Answers when the records are in the lake.
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts records into a lake table",
            description =
                    "The table is made, and grows, as the records need it. 200 means that every reader of the lake sees them.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = IngestBody.class)))
    public IngestAnswer ingest(
            @Parameter(hidden = true) InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) @DefaultValue("-1") long length,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String contentType,
            @Parameter(description = "abort: all or nothing; reject: what is good goes in")
                    @QueryParam("on_error")
                    @Nullable
                    String onError,
            @Parameter(description = "whether texts that are all ISO dates or date-times become DATE and TIMESTAMP")
                    @QueryParam("infer_dates")
                    @Nullable
                    String inferDates,
            @Parameter(description = "the same key for the same table commits once; at most 128 characters")
                    @HeaderParam("Idempotency-Key")
                    @Nullable
                    String key) {
        refuseLines(contentType);
        OnError choice = OnError.parse(onError);
        boolean dates = flag("infer_dates", inferDates);
        Optional<String> checkedKey = checked(key);
        try (IngestBudget.Share share = budget.open()) {
            byte[] bytes = bodies.read(body, length, share);
            return ingests.ingest(new IngestRequest(bytes, choice, dates, checkedKey));
        }
    }

    private static void refuseLines(@Nullable String contentType) {
        if (contentType != null && contentType.startsWith("application/x-ndjson")) {
            throw new FleetException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "a JSON object with \"records\" was expected; JSON lines aren't served here");
        }
    }

    private static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> true;
            case "", "true" -> true;
            case "false" -> false;
            default -> throw FleetException.invalid(name, "true or false was expected, not \"%s\"".formatted(text));
        };
    }

    private static Optional<String> checked(@Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw FleetException.invalid(
                    "Idempotency-Key", "1 to %d characters were expected".formatted(MAX_KEY_LENGTH));
        }
        return Optional.of(key);
    }
}
