package io.duckfleet.cli.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Sends records to `/ingest` and `/ingest/file`, as they are read. The same idempotency key makes a second
/// try safe.
public final class RecordUpload {

    private final JsonClient http = new JsonClient();
    private final String key;
    private final Duration deadline;

    public RecordUpload(String key, Duration deadline) {
        this.key = key;
        this.deadline = deadline;
    }

    /// Sends JSON lines.
    public JsonNode lines(URI ingest, Map<String, String> parameters, InputStream content) {
        return send(ingest, parameters, "application/x-ndjson", BodyPublishers.ofInputStream(() -> content));
    }

    /// Sends a file of any form, which is called `name`.
    public JsonNode file(URI file, Map<String, String> parameters, String name, InputStream content) {
        String boundary = "duckfleet-" + UUID.randomUUID();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(boundary, name.replaceAll("[\"\\p{Cntrl}\\\\]", "_"));
        BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofInputStream(() -> content),
                BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
        return send(file, parameters, "multipart/form-data; boundary=" + boundary, body);
    }

    private JsonNode send(URI address, Map<String, String> parameters, String type, BodyPublisher body) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "?" + query))
                .header("Content-Type", type)
                .header("Accept", "application/json")
                .header("Idempotency-Key", key)
                .POST(body)
                .build();
        try {
            JsonClient.Answer answer = http.send(request, deadline);
            if (!answer.succeeded()) {
                throw new CommandFailure(
                        ProblemText.of(answer.status(), answer.body(), "").toString());
            }
            return answer.body();
        } catch (IOException e) {
            throw new CommandFailure(
                    "%s://%s: %s; whether the records are in the lake isn't known: try again with --key %s"
                            .formatted(address.getScheme(), address.getAuthority(), e.getMessage(), key),
                    e);
        }
    }
}
