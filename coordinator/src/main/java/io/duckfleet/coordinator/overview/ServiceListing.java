package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;

/// A service as `GET /fleet` tells it, in one flat object; what doesn't apply or couldn't be asked is left
/// out.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServiceListing(
        String service,
        String url,
        Optional<String> table,
        @JsonUnwrapped State state,
        @JsonUnwrapped Content content,
        @JsonUnwrapped Counts counts,
        @JsonUnwrapped Work work) {

    /// `health` is `healthy`, or what is wrong, with its reason in words.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record State(String health, Optional<Instant> since, Optional<String> reason) {}

    /// What it holds: `memoryBytes` is the table's size of a node, and the heap in use of others.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Content(
            Optional<Long> rows, Optional<Long> memoryBytes, Optional<Long> loadTimeMs, Optional<String> loadedAt) {

        static Content ofMemory(Optional<Long> bytes) {
            return new Content(Optional.empty(), bytes, Optional.empty(), Optional.empty());
        }
    }

    /// How many requests it has answered, and how often it has committed, since it started.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Counts(Optional<Long> requests, Optional<Long> commits) {

        static Counts ofRequests(Optional<Long> requests) {
            return new Counts(requests, Optional.empty());
        }
    }

    /// What it is at, in the service's own words (its `GET /health`).
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Work(Optional<JsonNode> progress, Optional<JsonNode> buffer, Optional<JsonNode> maintenance) {

        static final Work NONE = new Work(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
