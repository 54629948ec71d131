package io.duckfleet.coordinator.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;

/// A query as `GET /queries` tells it; `engine` is there when another one than the coordinator's own answers,
/// `durationMs` of one that hasn't ended is the time so far.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueryListing(
        String queryId,
        String query,
        Optional<String> engine,
        String state,
        Instant startedAt,
        double durationMs,
        Optional<Long> rowCount,
        Optional<String> error) {}
