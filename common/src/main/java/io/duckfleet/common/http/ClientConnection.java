package io.duckfleet.common.http;

import io.duckfleet.common.query.StopSignal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.logging.Logger;

/// What a streamed answer and its client's connection have to do with one another: a client that goes away
/// stops its query, and a result that fails midway breaks the connection, so that nobody takes half for
/// whole.
public final class ClientConnection {

    private static final Logger LOG = Logger.getLogger(ClientConnection.class);

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

    /// The response that streams `body`, whole or broken. (While it does, the framework has the response's
    /// close handler to itself, so [#stopSignal] hears nothing; the next write does.)
    public static Response stream(StreamingOutput body, String contentType, RoutingContext context) {
        return Response.ok(new WholeOrBroken(body, context.response()::closed, () -> breakOff(context)))
                .type(contentType)
                .build();
    }

    /// Breaks off the answer under way; of an HTTP/2 connection the answer's stream alone. Doesn't wait: what
    /// is written after this call, the end of the body above all, never goes out.
    public static void breakOff(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
            return;
        }
        reset(((ConnectionBase) request.connection()).channel());
    }

    /// Closes the channel beneath all its handlers. Vert.x's own, which `Channel.close` reaches, too, first
    /// waits for what is written, and lets other threads' writes overtake it: the polite end of the body went
    /// out before the connection closed. The connection is reset (RFC 9293, 3.10.4), not finished, since its
    /// end is that of the body where that isn't chunked, as in HTTP/1.0.
    private static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            LOG.debug("the connection of a broken answer is closed already", e);
        }
        ChannelHandlerContext lowest = channel.pipeline().firstContext();
        if (lowest != null) { // a closed channel has none
            ChannelFuture _ = lowest.close();
        }
    }
}
