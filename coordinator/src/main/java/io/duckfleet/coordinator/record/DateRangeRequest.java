package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /query/date-range`.
public record DateRangeRequest(
        @JsonProperty("start_date") @Schema(description = "YYYY-MM-DD, or a timestamp") @Nullable
        String startDate,

        @JsonProperty("end_date")
        @Schema(description = "YYYY-MM-DD, which is wholly within, or a timestamp, which is not")
        @Nullable
        String endDate,

        @JsonProperty("date_field")
        @Schema(description = "a column of dates or timestamps", defaultValue = "ingested_at")
        @Nullable
        String dateField,

        @Schema(defaultValue = "all_records") @Nullable String table,

        @Schema(defaultValue = "100") @Nullable Long limit,

        @JsonProperty("timeout_ms") @Nullable Long timeoutMs) {}
