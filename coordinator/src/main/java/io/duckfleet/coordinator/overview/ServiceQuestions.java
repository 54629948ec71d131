package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks services about themselves, none longer than [#PATIENCE] a question. Thread-safe; blocks.
final class ServiceQuestions implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ObjectMapper mapper;
    private final SharedKey key;

    ServiceQuestions(ObjectMapper mapper, SharedKey key) {
        this.mapper = mapper;
        this.key = key;
    }

    /// What a data node tells of its `table`; nothing more is asked of one that doesn't answer the first
    /// question.
    ServiceAnswers ofNode(URI node, TableName table) throws InterruptedException {
        Optional<JsonNode> health = json(node.resolve("/health"), key.authorization());
        if (health.isEmpty()) {
            return new ServiceAnswers(health, Optional.empty(), Optional.empty());
        }
        return new ServiceAnswers(
                health,
                json(node.resolve("/metadata?table=" + table.text()), key.authorization()),
                text(node.resolve("/metrics"), key.authorization()));
    }

    /// What the sidecar tells.
    ServiceAnswers ofSidecar(URI sidecar) throws InterruptedException {
        Optional<JsonNode> health = json(sidecar.resolve("/health"), Optional.empty());
        return new ServiceAnswers(
                health,
                Optional.empty(),
                health.isEmpty() ? Optional.empty() : text(sidecar.resolve("/metrics"), Optional.empty()));
    }

    /// What Trino tells to everybody.
    Optional<JsonNode> ofTrino(URI trino) throws InterruptedException {
        return json(trino.resolve("/v1/info"), Optional.empty());
    }

    private Optional<JsonNode> json(URI uri, Optional<String> authorization) throws InterruptedException {
        Optional<String> text = text(uri, authorization);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(mapper.readTree(text.get()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /// The answer's body whatever its status: a service that is ill says so in a 503.
    private Optional<String> text(URI uri, Optional<String> authorization) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return Optional.of(response.body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
