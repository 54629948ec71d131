package io.duckfleet.datanode.access;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.ProblemResponses;
import io.duckfleet.common.http.SharedKey;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;

/// Asks for the node's key on every path but those that tell nothing of the table's content: probes, metrics
/// and documentation.
@Singleton
public final class NodeKeyFilter {

    private static final int PRIORITY = 200;
    private static final Set<String> OPEN_PATHS =
            Set.of("/", "/health", "/health/live", "/health/ready", "/metrics", "/openapi", "/openapi.json", "/docs");
    private static final String OPEN_FOLDER = "/docs/";

    private final SharedKey key;

    public NodeKeyFilter(SharedKey key) {
        this.key = key;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String path = context.normalizedPath();
        String authorization = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.AUTHORIZATION), "");
        if (OPEN_PATHS.contains(path) || path.startsWith(OPEN_FOLDER) || key.admits(authorization)) {
            context.next();
        } else {
            refuse(context, path);
        }
    }

    private static void refuse(RoutingContext context, String path) {
        FleetException refusal = new FleetException(
                ErrorCode.UNAUTHENTICATED, "this node answers only its coordinator, by the key that both share");
        ProblemResponses.send(context.response().putHeader("WWW-Authenticate", "Bearer"), refusal, path);
    }
}
