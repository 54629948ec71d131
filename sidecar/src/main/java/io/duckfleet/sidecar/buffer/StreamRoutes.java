package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.common.http.ProblemResponses;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.buffer.StreamService.Outcome;
import io.duckfleet.sidecar.commit.BatchKey;
import io.duckfleet.sidecar.ingest.BodyEncoding;
import io.duckfleet.sidecar.ingest.ContentHash;
import io.duckfleet.sidecar.ingest.Destination;
import io.duckfleet.sidecar.ingest.TableChoice;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/// `POST /ingest/stream`, as a route of Vert.x: one record a request leaves no time for more. The answer
/// comes when the record is durable; no thread waits for that.
@Singleton
public final class StreamRoutes {

    private static final Logger LOG = Logger.getLogger(StreamRoutes.class);
    private static final String PATH = "/ingest/stream";
    private static final int LARGEST_BODY = (8 << 20) + (64 << 10);
    private static final int LARGE_BODY = 64 << 10;
    private static final int MAX_KEY_LENGTH = 128;

    private final StreamService stream;
    private final BufferMeters meters;

    public StreamRoutes(StreamService stream, BufferMeters meters) {
        this.stream = stream;
        this.meters = meters;
    }

    void register(@Observes Router router) {
        router.post(PATH).handler(this::admit).failureHandler(this::failed);
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::take)
                .failureHandler(this::failed);
        router.route(PATH)
                .handler(context -> {
                    throw new FleetException(ErrorCode.METHOD_NOT_ALLOWED, PATH + " takes POST; see /docs");
                })
                .failureHandler(this::failed);
    }

    /// Before the body is read.
    private void admit(RoutingContext context) {
        stream.admit(declaredLength(context.request()));
        context.next();
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// What a request says beside its body.
    private record Target(TableName table, Optional<LocalDate> day, Optional<String> key, BodyEncoding encoding) {

        /// Whether its record is taken without anything that takes a while.
        boolean isQuick(byte[] body) {
            return key.isEmpty() && encoding == BodyEncoding.IDENTITY && body.length <= LARGE_BODY;
        }
    }

    private void take(RoutingContext context) {
        Target target = targetOf(context.request());
        Buffer buffer = context.body().buffer();
        byte[] body = buffer == null ? new byte[0] : buffer.getBytes();
        if (target.isQuick(body)) {
            answer(context, target, stream.take(target.table(), target.day(), body));
        } else {
            context.vertx()
                    .executeBlocking(() -> begin(target, body), false)
                    .onSuccess(outcome -> answer(context, target, outcome))
                    .onFailure(context::fail);
        }
    }

    private CompletableFuture<Outcome> begin(Target target, byte[] sent) {
        byte[] body = target.encoding().decoded(sent, LARGEST_BODY);
        return target.key()
                .map(text -> BatchKey.ofCaller(
                        text, "stream:" + ContentHash.of(body, target.table(), target.day()), Duration.ZERO))
                .map(key -> stream.takeOnce(target.table(), target.day(), key, body))
                .orElseGet(() -> stream.take(target.table(), target.day(), body));
    }

    private static Target targetOf(HttpServerRequest request) {
        TableChoice.requireNoOtherName(request.getParam("table"));
        Destination destination = Destination.of(request.getParam("table_name"), request.getParam("partition_date"));
        return new Target(
                destination.tableOrUsual(),
                destination.day(),
                keyOf(request),
                BodyEncoding.parse(request.getHeader(HttpHeaders.CONTENT_ENCODING)));
    }

    private static Optional<String> keyOf(HttpServerRequest request) {
        Optional<String> key = Optional.ofNullable(request.getHeader("Idempotency-Key"));
        if (key.isPresent() && (key.get().isEmpty() || key.get().length() > MAX_KEY_LENGTH)) {
            throw FleetException.invalid(
                    "Idempotency-Key", "1 to %d characters were expected".formatted(MAX_KEY_LENGTH));
        }
        return key;
    }

    private void answer(RoutingContext context, Target target, CompletableFuture<Outcome> outcome) {
        Context caller = context.vertx().getOrCreateContext();
        CompletableFuture<Outcome> _ = outcome.whenComplete((done, failure) -> caller.runOnContext(now -> {
            if (failure == null) {
                send(context.response(), target.table(), done);
            } else {
                context.fail(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            }
        }));
    }

    private static void send(HttpServerResponse response, TableName table, Outcome outcome) {
        if (response.closed()) {
            return;
        }
        String more = outcome == Outcome.REPEATED ? ",\"duplicate\":true" : "";
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json;charset=UTF-8")
                .end("{\"status\":\"success\",\"message\":\"Record buffered\",\"table_name\":\"%s\"%s}"
                        .formatted(table, more));
    }

    private void failed(RoutingContext context) {
        FleetException problem = problemOf(context);
        meters.refused(problem.code().wireName());
        if (problem.code().category() == ErrorCode.Category.INTERNAL) {
            LOG.error("a record can't be buffered", context.failure());
        }
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.code().status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.code() == ErrorCode.NOT_READY || problem.code() == ErrorCode.OVERLOADED) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.end(Buffer.buffer(ProblemResponses.json(problem, PATH)));
    }

    private static FleetException problemOf(RoutingContext context) {
        if (context.failure() instanceof FleetException problem) {
            return problem;
        }
        if (context.statusCode() == ErrorCode.BODY_TOO_LARGE.status()) {
            return new FleetException(
                    ErrorCode.BODY_TOO_LARGE, "a record of at most 8 MiB was expected; this one is larger");
        }
        return new FleetException(
                ErrorCode.INTERNAL, "the record can't be buffered; the service's log says why", context.failure());
    }
}
