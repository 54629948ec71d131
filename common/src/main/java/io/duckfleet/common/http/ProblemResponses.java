package io.duckfleet.common.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;

/// Problem documents as bytes and as JAX-RS responses.
public final class ProblemResponses {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String RETRY_AFTER_SECONDS = "1";

    private ProblemResponses() {}

    /// The response for `exception`, whose `instance` is the path that was asked for. Overload says when to
    /// try again.
    public static Response of(FleetException exception, String instance) {
        Response.ResponseBuilder response = Response.status(exception.code().status())
                .type(Problem.MEDIA_TYPE)
                .entity(json(exception, instance));
        if (exception.code() == ErrorCode.OVERLOADED || exception.code() == ErrorCode.NOT_READY) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    /// Ends `response`, where JAX-RS isn't in the way yet, with the problem document.
    public static void send(HttpServerResponse response, FleetException exception, String instance) {
        Future<Void> _ = response.setStatusCode(exception.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(json(exception, instance)));
    }

    /// The problem document as UTF-8 JSON, for what doesn't go through JAX-RS.
    public static byte[] json(FleetException exception, String instance) {
        try {
            return MAPPER.writeValueAsBytes(Problem.of(exception, instance));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
