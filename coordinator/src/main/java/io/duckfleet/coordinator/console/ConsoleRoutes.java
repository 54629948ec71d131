package io.duckfleet.coordinator.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Serves the console's page at `/console/`, and sends browsers that ask for `/` there.
@Singleton
public final class ConsoleRoutes {

    private static final String PAGE = "/console.html";
    private static final String CONSOLE = "/console/";
    private static final int BEFORE_OTHERS = -100;
    private static final int SEE_OTHER = 303;

    void install(@Observes Router router) {
        router.get("/").order(BEFORE_OTHERS).handler(ConsoleRoutes::chooseByAccept);
        router.get("/console").order(BEFORE_OTHERS).handler(ConsoleRoutes::atConsole);
    }

    private static void chooseByAccept(RoutingContext context) {
        context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (prefersHtml(context.parsedHeaders().accept())) {
            redirect(context);
        } else {
            context.next();
        }
    }

    /// The route matches with and without the slash at the end, and relative addresses need it.
    private static void atConsole(RoutingContext context) {
        if (context.normalizedPath().equals(CONSOLE)) {
            context.reroute(PAGE);
        } else {
            redirect(context);
        }
    }

    /// Of `*/*` the parts are null.
    private static boolean prefersHtml(List<MIMEHeader> accepted) {
        return !accepted.isEmpty()
                && "text".equals(accepted.getFirst().component())
                && "html".equals(accepted.getFirst().subComponent());
    }

    private static void redirect(RoutingContext context) {
        context.response()
                .setStatusCode(SEE_OTHER)
                .putHeader(HttpHeaders.LOCATION, CONSOLE)
                .end();
    }
}
