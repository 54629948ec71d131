package io.duckfleet.sidecar.ingest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /ingest`, for its description alone: [EnvelopeReader] reads it without making such an
/// object.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IngestBody(
        @Schema(description = "defaults to data_type, then to records", examples = "events") @Nullable
        String tableName,

        @Schema(required = true, minItems = 1) List<Map<String, Object>> records,

        @Schema(description = "defaults to data_date, then to each record's own, then to today (UTC)") @Nullable
        LocalDate partitionDate,

        @Nullable String dataType,
        @Nullable LocalDate dataDate) {}
