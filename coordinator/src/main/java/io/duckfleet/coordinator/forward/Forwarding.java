package io.duckfleet.coordinator.forward;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.common.http.ProblemResponses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Hands requests on to the sidecar. What it answers goes back as it is, errors and their Retry-After as
/// well; where it doesn't answer, the answer is our own: 502 when it can't be reached or breaks off, 504
/// when it stays silent. Bodies stream with back-pressure both ways. Thread-safe.
final class Forwarding {

    /// Under this path stand those of the sidecar's paths that are the coordinator's own, too.
    static final String PREFIX = "/sidecar";

    private static final int CONNECTIONS = 256;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final SidecarAddress address;
    private final Duration idleTimeout;
    private final SidecarState state;
    private final HttpProxy proxy;

    Forwarding(Vertx vertx, SidecarAddress address, Duration idleTimeout, Clock clock) {
        this.address = address;
        this.idleTimeout = idleTimeout;
        this.state = new SidecarState(address, clock);
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(address.isSecure())
                .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
                .setIdleTimeout(Math.toIntExact(idleTimeout.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        this.proxy = HttpProxy.reverseProxy(
                        vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS)))
                .origin(address.port(), address.host())
                .addInterceptor(new Answers());
    }

    /// Hands the request on, whose body nobody has read yet.
    void forward(HttpServerRequest request) {
        proxy.handle(request);
    }

    private final class Answers implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            long start = System.nanoTime();
            ProxyRequest request = context.request();
            request.headers().remove(HttpHeaders.EXPECT);
            request.setURI(ofSidecar(request.getURI()));
            return context.sendRequest()
                    .onSuccess(answer -> state.answered())
                    .recover(failure -> Future.succeededFuture(
                            refusal(request, problem(failure, Duration.ofNanos(System.nanoTime() - start)))));
        }
    }

    private static String ofSidecar(String uri) {
        return uri.startsWith(PREFIX + "/") ? uri.substring(PREFIX.length()) : uri;
    }

    /// A connection that was silent for too long is closed like one that breaks; only the time tells them
    /// apart.
    private FleetException problem(Throwable failure, Duration after) {
        if (after.compareTo(idleTimeout) >= 0) {
            return new FleetException(
                    ErrorCode.DEADLINE,
                    "the sidecar at %s said nothing for %d s; what was sent may be in the lake all the same: send it again with its Idempotency-Key"
                            .formatted(address, idleTimeout.toSeconds()),
                    failure);
        }
        return new FleetException(
                ErrorCode.SIDECAR_UNREACHABLE,
                "the sidecar at %s can't be reached since %s; try again when it is up"
                        .formatted(address, state.away(failure)),
                failure);
    }

    /// The rest of the request's body is of no use any more, so the connection goes with it.
    private static ProxyResponse refusal(ProxyRequest request, FleetException problem) {
        String path = String.valueOf(request.proxiedRequest().path());
        return request.release()
                .response()
                .setStatusCode(problem.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .setBody(Body.body(Buffer.buffer(ProblemResponses.json(problem, path))));
    }
}
