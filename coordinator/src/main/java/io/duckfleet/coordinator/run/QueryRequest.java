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

        @Schema(description = "duckdb, which is the default, or trino: the query is in Trino's SQL then") @Nullable
        String engine) {

    private static final String OWN_ENGINE = "duckdb";
    private static final String TRINO = "trino";

    private static final int LARGEST_BODY = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// The request that a body holds, checked.
    ///
    /// @throws FleetException `invalid_request` that lists the fields at fault, `body_too_large`
    public static QueryRequest of(byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw new FleetException(
                    ErrorCode.BODY_TOO_LARGE, "a query of at most %d bytes was expected".formatted(LARGEST_BODY));
        }
        return JsonBody.read(body, QueryRequest.class).checked();
    }

    /// This request, whose values are valid.
    ///
    /// @throws FleetException `invalid_request` that lists the fields at fault
    public QueryRequest checked() {
        if (query == null || query.isBlank()) {
            throw FleetException.invalid("query", "a SELECT statement was expected, there is none");
        }
        if (limit != null && limit < 0) {
            throw FleetException.invalid("limit", "0 or more rows were expected, it is %d".formatted(limit));
        }
        if (timeoutMs != null && (timeoutMs < 1 || timeoutMs > LONGEST.toMillis())) {
            throw FleetException.invalid(
                    "timeout_ms", "1 to %d was expected, it is %d".formatted(LONGEST.toMillis(), timeoutMs));
        }
        if (engine != null && !engine.equalsIgnoreCase(OWN_ENGINE) && !isForTrino()) {
            throw FleetException.invalid(
                    "engine",
                    "\"%s\" is no engine of this coordinator; \"duckdb\" or \"trino\" was expected, or none"
                            .formatted(engine));
        }
        values();
        return this;
    }

    String sql() {
        return query == null ? "" : query;
    }

    /// The engine, if it isn't the coordinator's own.
    Optional<String> otherEngine() {
        return isForTrino() ? Optional.of(TRINO) : Optional.empty();
    }

    /// Whether the caller gives the query to Trino.
    boolean isForTrino() {
        return TRINO.equalsIgnoreCase(engine);
    }

    Parameters values() {
        return Parameters.of(parameters == null ? NullNode.getInstance() : parameters);
    }

    /// At most so many rows are wanted.
    public OptionalLong rowLimit() {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutMs).map(Duration::ofMillis);
    }

    /// The same request, whatever time it may take.
    QueryRequest withoutTimeout() {
        return new QueryRequest(query, parameters, limit, null, engine);
    }
}
