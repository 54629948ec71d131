package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Refuses files that come too slowly. A form is read whole before its resource is called, so [PacedBody] is
/// no use there: this looks from time to time how far the form has come.
@Singleton
public final class FilePace {

    private static final int PRIORITY = 150;
    private static final long LOOK_MILLIS = 500;
    private static final String PATH = "/ingest/file";

    private final BodyLimits limits;

    public FilePace(BodyLimits limits) {
        this.limits = limits;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, PRIORITY);
    }

    private void watch(RoutingContext context) {
        if (context.normalizedPath().equals(PATH)) {
            long startedAt = System.nanoTime();
            long timer = context.vertx().setPeriodic(LOOK_MILLIS, id -> look(context, id, startedAt));
            context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private void look(RoutingContext context, long timer, long startedAt) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            context.vertx().cancelTimer(timer);
            return;
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - startedAt);
        Optional<FleetException> problem = limits.problemOf(request.bytesRead(), taken);
        if (problem.isPresent()) {
            context.vertx().cancelTimer(timer);
            refuse(context.response(), problem.get());
        }
    }

    /// The rest of the form isn't read: the connection ends with the answer.
    private static void refuse(HttpServerResponse response, FleetException problem) {
        if (!response.headWritten()) {
            ProblemResponses.send(response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), problem, PATH);
        }
    }
}
