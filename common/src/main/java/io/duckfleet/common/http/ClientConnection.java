package io.duckfleet.common.http;

import io.duckfleet.common.query.StopSignal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/// What a streamed answer and its client's connection have to do with one another: a client that goes away
/// stops its query, and a result that fails midway breaks the connection, so that nobody takes half for
/// whole.
public final class ClientConnection {

    private ClientConnection() {}

    /// A signal that stops a query when its client goes away.
    public static StopSignal stopSignal(RoutingContext context) {
        StopSignal signal = new StopSignal();
        context.addEndHandler(end -> {
            if (end.failed()) {
                signal.stop(StopSignal.Reason.CANCELLED);
            }
        });
        return signal;
    }

    /// The response that streams `body`, whole or broken.
    public static Response stream(StreamingOutput body, String contentType, RoutingContext context) {
        return Response.ok(new WholeOrBroken(
                        body, () -> context.request().connection().close()))
                .type(contentType)
                .build();
    }
}
