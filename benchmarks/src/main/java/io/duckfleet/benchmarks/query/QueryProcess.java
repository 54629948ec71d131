package io.duckfleet.benchmarks.query;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A coordinator over the nodes of some tables. It keeps no fragments: every query fetches.
final class QueryProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ChildProcess process;
    private final URI address;

    private QueryProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// A coordinator with this configuration file, and these `variables`.
    static QueryProcess start(Workshop workshop, Map<String, Object> configuration, Map<String, String> variables)
            throws IOException {
        Path config = workshop.scratch().newFile("config");
        Files.write(config, MAPPER.writeValueAsBytes(configuration));
        int port = Workshop.freePort();
        Map<String, String> environment = new HashMap<>(workshop.s3Environment());
        environment.put("DUCKFLEET_COORDINATOR_FRAGMENT_CACHE", "0");
        environment.putAll(variables);
        ChildProcess process = workshop.service(
                "coordinator",
                environment,
                List.of("--config", config.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port)));
        process.awaitLine("Listening on");
        return new QueryProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    long pid() {
        return process.pid();
    }

    /// The whole answer to `POST /query`.
    JsonNode query(String sql) throws IOException {
        return ask(address, sql);
    }

    /// The whole answer to `POST /query` of the program at `address`.
    static JsonNode ask(URI address, String sql) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/query"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(Map.of("query", sql))))
                .build();
        HttpResponse<byte[]> answer = send(request);
        JsonNode body = MAPPER.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answered %s to %s".formatted(address, body, sql));
        }
        return body;
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("nobody waits any more").initCause(e);
        }
    }

    /// How many bytes of fragments an answer tells of.
    static long bytes(JsonNode answer) {
        long bytes = 0;
        for (JsonNode node : answer.path("nodes")) {
            bytes += node.path("bytes").asLong();
        }
        return bytes;
    }

    @Override
    public void close() {
        process.close();
    }
}
