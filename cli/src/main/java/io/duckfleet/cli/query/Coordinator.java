package io.duckfleet.cli.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks a coordinator. An answer that is an error becomes a [CommandFailure] in words; none is waited for
/// longer than the deadline, and one that has begun to come must not pause for longer than that either.
final class Coordinator {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final UrlOption url;
    private final Duration deadline;
    private final Engine engine;

    Coordinator(UrlOption url, Duration deadline) {
        this(url, deadline, Engine.DUCKDB);
    }

    /// One that gives its queries to `engine`.
    Coordinator(UrlOption url, Duration deadline, Engine engine) {
        this.url = url;
        this.deadline = deadline;
        this.engine = engine;
    }

    /// Reads the JSON at `path`.
    JsonNode get(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).header("Accept", "application/json");
        return send(request, "", MAPPER::readTree);
    }

    /// Runs `sql` and reads the whole answer.
    JsonNode query(String sql) {
        return send(queryRequest(sql, OutputFormat.JSON), sql, MAPPER::readTree);
    }

    /// The plan of `sql`; with `analyze` it is run, too.
    JsonNode explain(String sql, boolean analyze) {
        return send(request("/explain", OutputFormat.JSON, sql, Map.of("analyze", analyze)), sql, MAPPER::readTree);
    }

    /// Runs `sql` and copies the answer to `out` as it comes.
    void copy(String sql, OutputFormat format, OutputStream out) {
        send(queryRequest(sql, format), sql, answer -> answer.transferTo(out));
    }

    private HttpRequest.Builder queryRequest(String sql, OutputFormat format) {
        return request("/query", format, sql, Map.of());
    }

    private HttpRequest.Builder request(String path, OutputFormat format, String sql, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("query", sql);
        body.put("timeout_ms", deadline.toMillis());
        body.put("engine", engine.wireName());
        try {
            return HttpRequest.newBuilder(url.resolve(path))
                    .header("Accept", format.mediaType())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new CommandFailure("the query can't be sent: " + e.getMessage(), e);
        }
    }

    private <T> T send(HttpRequest.Builder builder, String sql, AnswerReader<T> reader) {
        HttpRequest request = builder.timeout(deadline.plus(GRACE)).build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new StallGuard(response.body(), deadline)) {
                if (response.statusCode() != 200) {
                    throw new CommandFailure(ProblemText.of(response.statusCode(), problem(body), sql)
                            .toString());
                }
                return reader.read(body);
            }
        } catch (ConnectException e) {
            throw new CommandFailure(
                    "no coordinator answers at %s; start a fleet with: duckfleet demo (or name another one with --url)"
                            .formatted(origin(request.uri())),
                    e);
        } catch (HttpTimeoutException e) {
            throw new CommandFailure(
                    "%s gave no answer within %d s (--timeout)".formatted(origin(request.uri()), deadline.toSeconds()),
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "the answer of %s broke off: %s".formatted(origin(request.uri()), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private static JsonNode problem(InputStream body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static String origin(URI uri) {
        return "%s://%s".formatted(uri.getScheme(), uri.getAuthority());
    }

    @FunctionalInterface
    private interface AnswerReader<T> {
        T read(InputStream body) throws IOException;
    }
}
