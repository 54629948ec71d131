package io.duckfleet.sidecar.access;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.ProblemResponses;
import io.duckfleet.common.http.SharedKey;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;

/// Asks for the admin key where records are deleted or the lake is maintained.
@Singleton
public final class AdminKeyFilter {

    private static final int PRIORITY = 200;
    private static final String MAINTENANCE = "/maintenance/";

    private final SharedKey key;

    public AdminKeyFilter(SharedKey key) {
        this.key = key;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        boolean forAdmins = request.method().equals(HttpMethod.DELETE) || path.startsWith(MAINTENANCE);
        String authorization = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
        if (!forAdmins || key.admits(authorization)) {
            context.next();
        } else {
            refuse(context, path);
        }
    }

    private static void refuse(RoutingContext context, String path) {
        FleetException refusal = new FleetException(
                ErrorCode.UNAUTHENTICATED,
                "this is for admins: the sidecar's ADMIN_KEY was expected as Authorization: Bearer");
        ProblemResponses.send(context.response().putHeader("WWW-Authenticate", "Bearer"), refusal, path);
    }
}
