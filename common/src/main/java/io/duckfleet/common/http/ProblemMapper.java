package io.duckfleet.common.http;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Answers every exception with a problem document. What isn't a [FleetException] or an HTTP error of the
/// framework is logged and answered as `internal`, without its text: that could hold anything.
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /// What the framework says of a form that ends before its last boundary.
    private static final String BROKEN_FORM = "Connection terminated";

    @Context
    @Nullable
    UriInfo uri;

    @Override
    public Response toResponse(Throwable exception) {
        FleetException problem = translate(exception);
        if (problem.code().category() == ErrorCode.Category.INTERNAL) {
            LOG.errorf(exception, "request to %s failed", path());
        }
        return ProblemResponses.of(problem, path());
    }

    private String path() {
        return uri == null ? "" : uri.getRequestUri().getPath();
    }

    private FleetException translate(Throwable exception) {
        return switch (exception) {
            case FleetException fleet -> fleet;
            case WebApplicationException web -> ofStatus(web.getResponse().getStatus(), web);
            case IOException broken
            when String.valueOf(broken.getMessage()).startsWith(BROKEN_FORM) -> badRequest(broken);
            default -> internal(exception);
        };
    }

    private FleetException ofStatus(int status, WebApplicationException cause) {
        return switch (status) {
            case 401 -> new FleetException(ErrorCode.UNAUTHENTICATED, "this request needs credentials", cause);
            case 403 -> new FleetException(ErrorCode.FORBIDDEN, "these credentials don't allow this request", cause);
            case 404 ->
                new FleetException(
                        ErrorCode.NOT_FOUND, "nothing is served at %s; see /docs for what is".formatted(path()), cause);
            case 405 ->
                new FleetException(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "%s is served, but not with this method; see /docs".formatted(path()),
                        cause);
            case 406 ->
                new FleetException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "%s doesn't serve a media type of the Accept header; see /docs for those that it serves"
                                .formatted(path()),
                        cause);
            case 413 ->
                new FleetException(ErrorCode.BODY_TOO_LARGE, "the body is over the limit; send less at a time", cause);
            case 415 ->
                new FleetException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "%s doesn't take this Content-Type; see /docs for those that it takes".formatted(path()),
                        cause);
            default -> status < 500 ? badRequest(cause) : internal(cause);
        };
    }

    private static FleetException badRequest(Throwable cause) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST, "the request can't be read; see /docs for its shape", cause);
    }

    private static FleetException internal(Throwable cause) {
        return new FleetException(
                ErrorCode.INTERNAL,
                "the server failed to answer; its log says why, with the time of this request",
                cause);
    }
}
