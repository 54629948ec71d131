package io.duckfleet.sidecar.ingest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The form of `POST /ingest/file`, for its description alone: [FileForm] reads it.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IngestForm(
        @Schema(format = "binary", required = true) String file,

        @Schema(description = "defaults to records", examples = "events") @Nullable
        String tableName,

        @Schema(description = "defaults to each record's own, then to today (UTC)") @Nullable
        LocalDate partitionDate) {}
