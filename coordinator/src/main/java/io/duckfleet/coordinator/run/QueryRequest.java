package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.JsonBody;
import io.duckfleet.coordinator.statement.Parameters;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /query`: one SELECT, the values of its parameters, at most so many rows of its answer,
/// and the time that it may take.
public record QueryRequest(
        @Nullable String query,

        @Schema(description = "A list for ? and $1, an object for $name") @Nullable
        JsonNode parameters,

        @Nullable Long limit,
        @JsonProperty("timeout_ms") @Nullable Long timeoutMs,

        @Schema(description = "duckdb, which is the default") @Nullable
        String engine) {

    private static final String OWN_ENGINE = "duckdb";

    private static final int LARGEST_BODY = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// The request that a body holds, checked.
    ///
    /// @throws FleetException `invalid_request` that lists the fields at fault, `body_too_large`
    static QueryRequest of(byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw new FleetException(
                    ErrorCode.BODY_TOO_LARGE, "a query of at most %d bytes was expected".formatted(LARGEST_BODY));
        }
        QueryRequest request = JsonBody.read(body, QueryRequest.class);
        if (request.query == null || request.query.isBlank()) {
            throw FleetException.invalid("query", "a SELECT statement was expected, there is none");
        }
        if (request.limit != null && request.limit < 0) {
            throw FleetException.invalid("limit", "0 or more rows were expected, it is %d".formatted(request.limit));
        }
        if (request.timeoutMs != null && (request.timeoutMs < 1 || request.timeoutMs > LONGEST.toMillis())) {
            throw FleetException.invalid(
                    "timeout_ms", "1 to %d was expected, it is %d".formatted(LONGEST.toMillis(), request.timeoutMs));
        }
        if (request.engine != null && !request.engine.equalsIgnoreCase(OWN_ENGINE)) {
            throw FleetException.invalid(
                    "engine",
                    "\"%s\" is no engine of this coordinator; \"duckdb\" was expected, or none"
                            .formatted(request.engine));
        }
        request.values();
        return request;
    }

    String sql() {
        return query == null ? "" : query;
    }

    Parameters values() {
        return Parameters.of(parameters == null ? NullNode.getInstance() : parameters);
    }

    OptionalLong rowLimit() {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutMs).map(Duration::ofMillis);
    }
}
