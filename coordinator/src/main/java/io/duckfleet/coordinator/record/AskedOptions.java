package io.duckfleet.coordinator.record;

import io.duckfleet.common.http.ClientConnection;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// What every route of this package takes beside its own parameters.
public final class AskedOptions {

    @Parameter(description = "json, ndjson, csv, arrow, parquet or text; else by Accept")
    @QueryParam("format")
    @Nullable
    String format;

    @Parameter(description = "safe: large integers and decimals as texts")
    @QueryParam("numbers")
    @Nullable
    String numbers;

    @Context
    @Nullable
    HttpHeaders headers;

    @Context
    @Nullable
    RoutingContext context;

    /// The options, checked; the query ends with its client's connection.
    AnswerOptions read(Optional<Long> timeoutMs) {
        if (headers == null || context == null) {
            throw new IllegalStateException("a request's options were asked for outside of a request");
        }
        return new AnswerOptions(
                ResultFormat.choose(Optional.ofNullable(format), headers.getAcceptableMediaTypes()),
                JsonNumbers.of(Optional.ofNullable(numbers)),
                timeoutMs,
                ClientConnection.stopSignal(context));
    }

    RoutingContext context() {
        if (context == null) {
            throw new IllegalStateException("a request's context was asked for outside of a request");
        }
        return context;
    }
}
