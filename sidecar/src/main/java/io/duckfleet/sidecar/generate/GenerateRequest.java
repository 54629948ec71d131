package io.duckfleet.sidecar.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /generate`.
public record GenerateRequest(
        @Schema(description = "user, transaction, event, product or sensor", defaultValue = "user") @Nullable
        String type,

        @Schema(defaultValue = "1000") @Nullable Long count,

        @JsonProperty("table_name") @Schema(description = "without one, users, transactions, ..") @Nullable
        String tableName,

        @Schema(description = "the same for the same records") @Nullable
        Long seed) {}
