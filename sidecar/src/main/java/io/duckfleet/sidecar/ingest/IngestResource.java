package io.duckfleet.sidecar.ingest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// `POST /ingest` and `POST /ingest/file`.
@Path("/ingest")
public final class IngestResource {

    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    private final Submissions submissions;
    private final IngestBudget budget;
    private final BodyLimits limits;

    public IngestResource(Submissions submissions, IngestBudget budget, BodyLimits limits) {
        this.submissions = submissions;
        this.budget = budget;
        this.limits = limits;
    }

    /// Answers when the records are in the lake.
    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts records into a lake table",
            description =
                    "An envelope with records, or JSON lines of any length. The table is made, and grows, as the records need it. 200 means that every reader of the lake sees them. Bodies may be compressed (Content-Encoding: gzip or zstd).")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = IngestBody.class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "200", description = "the records are in the lake")
    @APIResponse(responseCode = "422", description = "nothing was taken; errors and rejected say why")
    @APIResponse(responseCode = "429", description = "too much in flight; Retry-After tells when to come again")
    public IngestAnswer ingest(
            @Parameter(hidden = true) InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) @DefaultValue("-1") long length,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Parameter(hidden = true) @Nullable String encoding,
            @BeanParam IngestParameters parameters) {
        BodyEncoding encoded = BodyEncoding.parse(encoding);
        try (IngestBudget.Share share = budget.open()) {
            InputStream decoded = encoded.decoded(limits.paced(body));
            if (isLines(contentType)) {
                IngestOptions options = parameters.options(OnError.REJECT);
                return submissions.lines(decoded, parameters.destination(), options, share);
            }
            return submissions.envelope(
                    decoded,
                    encoded.decodedLength(length),
                    parameters.destination(),
                    parameters.options(OnError.ABORT),
                    share);
        }
    }

    /// Answers when the file's records are in the lake.
    @POST
    @Path("/file")
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts a file's records into a lake table",
            description =
                    "JSON lines, a JSON array, one object, CSV with a header row, or Parquet; JSON and CSV also compressed (gzip, zstd).")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = IngestForm.class)))
    public IngestAnswer file(
            @Parameter(hidden = true) InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) @DefaultValue("-1") long length,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) String contentType,
            @BeanParam IngestParameters parameters) {
        limits.checkFile(length);
        IngestOptions options = parameters.options(OnError.REJECT);
        try (IngestBudget.Share share = budget.open()) {
            FileForm form = FileForm.of(contentType, limits.paced(body), limits);
            return submissions.file(form, parameters, options, share);
        }
    }

    private static boolean isLines(@Nullable String contentType) {
        return contentType != null
                && LINES.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
