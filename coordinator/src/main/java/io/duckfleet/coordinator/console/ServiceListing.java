package io.duckfleet.coordinator.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;

/// A service as `GET /fleet` tells it; what doesn't apply or couldn't be asked is left out. `health` is
/// `healthy` or the code of what is wrong, `memoryBytes` the table's size of a node and the heap in use of
/// others, `requests` how many it has answered since it started. `progress`, `buffer` and `maintenance` are
/// the service's own words (its `GET /health`).
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServiceListing(
        String service,
        String url,
        Optional<String> table,
        String health,
        Optional<Instant> since,
        Optional<String> reason,
        Optional<Long> rows,
        Optional<Long> memoryBytes,
        Optional<Long> loadTimeMs,
        Optional<String> loadedAt,
        Optional<Long> requests,
        Optional<JsonNode> progress,
        Optional<JsonNode> buffer,
        Optional<JsonNode> maintenance) {}
