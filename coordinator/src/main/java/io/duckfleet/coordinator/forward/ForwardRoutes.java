package io.duckfleet.coordinator.forward;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.common.http.ProblemResponses;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// The routes that are the sidecar's. They stand before the limit on the size of bodies, which is that of
/// queries: the sidecar has its own.
@Singleton
public final class ForwardRoutes {

    /// After authentication (-200) and authorization (-100), before the limit on bodies (-2).
    private static final int ORDER = -10;

    private static final List<String> PATHS = List.of(
            "/ingest",
            "/ingest/file",
            "/ingest/stream",
            "/flush",
            "/generate",
            "/table/:name",
            "/table/:name/schema",
            "/table/:name/count",
            "/maintenance/:task");

    /// What the console looks at, and what has the coordinator's own meaning without the prefix.
    private static final List<String> WATCHED = List.of("/health", "/tables", "/metrics");

    private final ForwardSettings settings;
    private final Vertx vertx;
    private final Clock clock;

    public ForwardRoutes(ForwardSettings settings, Vertx vertx, Clock clock) {
        this.settings = settings;
        this.vertx = vertx;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        Handler<RoutingContext> handler = settings.sidecar()
                .map(address -> forwarding(new Forwarding(vertx, address, settings.idleTimeout(), clock)))
                .orElse(ForwardRoutes::refuse);
        PATHS.forEach(path -> router.route(path).order(ORDER).handler(handler));
        WATCHED.forEach(path -> router.route(HttpMethod.GET, Forwarding.PREFIX + path)
                .order(ORDER)
                .handler(handler));
    }

    private static Handler<RoutingContext> forwarding(Forwarding forwarding) {
        return context -> forwarding.forward(context.request());
    }

    private static void refuse(RoutingContext context) {
        FleetException problem = new FleetException(
                ErrorCode.SIDECAR_NOT_CONFIGURED,
                "this is a sidecar's work, and the coordinator knows none; set SIDECAR_URL to its address");
        context.response()
                .setStatusCode(problem.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Buffer.buffer(ProblemResponses.json(
                        problem, String.valueOf(context.request().path()))));
    }
}
