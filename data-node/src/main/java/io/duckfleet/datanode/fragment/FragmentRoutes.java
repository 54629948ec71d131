package io.duckfleet.datanode.fragment;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Problem;
import io.duckfleet.common.http.ProblemResponses;
import io.duckfleet.common.query.StopSignal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/// `POST /fragments`, `DELETE /fragments/{id}` and `GET /fragments/version`, as routes of Vert.x: files
/// come and go without passing the heap.
@Singleton
public final class FragmentRoutes {

    private static final Logger LOG = Logger.getLogger(FragmentRoutes.class);

    private static final String VERSION = "Duckfleet-Table-Version";
    private static final String REQUEST_PART = "request";
    private static final long LARGEST_BODY = 64L << 20;

    private final FragmentService fragments;
    private final ScratchDirectory scratch;

    public FragmentRoutes(FragmentService fragments, ScratchDirectory scratch) {
        this.fragments = fragments;
        this.scratch = scratch;
    }

    void register(@Observes Router router) {
        router.post("/fragments")
                .handler(BodyHandler.create(scratch.path().resolve("uploads").toString())
                        .setDeleteUploadedFilesOnEnd(true)
                        .setBodyLimit(LARGEST_BODY))
                .blockingHandler(this::run, false)
                .failureHandler(FragmentRoutes::failed);
        router.get("/fragments/version").blockingHandler(this::version, false).failureHandler(FragmentRoutes::failed);
        router.delete("/fragments/:id").blockingHandler(this::cancel, false);
    }

    private void run(RoutingContext context) {
        StopSignal signal = new StopSignal();
        context.addEndHandler(end -> signal.stop(StopSignal.Reason.CANCELLED));
        String accept = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.ACCEPT), "*/*");
        FragmentForm form = FragmentForm.of(accept);
        FragmentAnswer answer = fragments.run(requestOf(context), keyFiles(context), form, signal);
        send(context, answer);
    }

    /// What a coordinator asks before it uses an answer that it has kept.
    private void version(RoutingContext context) {
        context.response()
                .setStatusCode(204)
                .putHeader(VERSION, fragments.version())
                .end();
    }

    private void cancel(RoutingContext context) {
        fragments.cancel(Objects.requireNonNullElse(context.pathParam("id"), ""));
        context.response().setStatusCode(204).end();
    }

    /// The request is a form field, a file of that name, or, where there are no key sets, the whole body.
    private static FragmentRequest requestOf(RoutingContext context) {
        String field = context.request().getFormAttribute(REQUEST_PART);
        if (field != null) {
            return FragmentRequest.parse(field.getBytes(StandardCharsets.UTF_8));
        }
        return context.fileUploads().stream()
                .filter(upload -> upload.name().equals(REQUEST_PART))
                .findFirst()
                .map(upload -> FragmentRequest.parse(bytes(Path.of(upload.uploadedFileName()))))
                .orElseGet(() -> FragmentRequest.parse(wholeBody(context)));
    }

    private static byte[] wholeBody(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private static List<Path> keyFiles(RoutingContext context) {
        return context.fileUploads().stream()
                .filter(upload -> !upload.name().equals(REQUEST_PART))
                .map(FileUpload::uploadedFileName)
                .map(Path::of)
                .toList();
    }

    private static void send(RoutingContext context, FragmentAnswer answer) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            delete(answer.file());
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, answer.format().contentType())
                .putHeader("Duckfleet-Rows", Long.toString(answer.rows()))
                .putHeader(
                        "Duckfleet-Duration-Ms", Long.toString(answer.duration().toMillis()))
                .putHeader(VERSION, answer.tableVersion())
                .sendFile(answer.file().toString())
                .onComplete(sent -> delete(answer.file()));
    }

    private static void failed(RoutingContext context) {
        FleetException problem = problemOf(context);
        if (problem.code().category() == ErrorCode.Category.INTERNAL) {
            LOG.error("a fragment failed", context.failure());
        }
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        HttpServerResponse response = context.response()
                .setStatusCode(problem.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.code() == ErrorCode.NOT_READY || problem.code() == ErrorCode.OVERLOADED) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.end(Buffer.buffer(ProblemResponses.json(problem, context.normalizedPath())));
    }

    private static FleetException problemOf(RoutingContext context) {
        if (context.failure() instanceof FleetException problem) {
            return problem;
        }
        if (context.statusCode() == ErrorCode.BODY_TOO_LARGE.status()) {
            return new FleetException(
                    ErrorCode.BODY_TOO_LARGE, "key sets of at most %d bytes were expected".formatted(LARGEST_BODY));
        }
        return new FleetException(
                ErrorCode.INTERNAL, "the fragment failed; the node's log says why", context.failure());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf(e, "%s can't be deleted", file);
        }
    }
}
