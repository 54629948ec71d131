package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /query/search`.
public record SearchRequest(
        @JsonProperty("search_term")
        @Schema(description = "found within any value, without case; % and _ are literal")
        @Nullable
        String searchTerm,

        @Schema(description = "one column, or a field of one (metadata.ip_address); all without") @Nullable
        String column,

        @Schema(defaultValue = "all_records") @Nullable String table,

        @Schema(defaultValue = "100") @Nullable Long limit,

        @JsonProperty("timeout_ms") @Nullable Long timeoutMs) {}
