package io.duckfleet.benchmarks.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.benchmarks.process.ChildProcess;
import io.duckfleet.benchmarks.process.Workshop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A coordinator that reads a lake.
final class CoordinatorProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ChildProcess process;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CoordinatorProcess(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// The coordinator over the lake that `environment` tells of.
    static CoordinatorProcess start(Workshop workshop, Map<String, String> environment) throws IOException {
        Path config = Files.writeString(workshop.scratch().newFile("config"), "{\"tables\": {}}");
        int port = Workshop.freePort();
        ChildProcess process = workshop.service(
                "coordinator",
                environment,
                List.of("--config", config.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port)));
        process.awaitLine("lake attached");
        return new CoordinatorProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    /// The rows that it finds.
    JsonNode get(String path) throws IOException, InterruptedException {
        return rows(HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    /// The rows that it finds.
    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return rows(HttpRequest.newBuilder(address.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body))));
    }

    private JsonNode rows(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = MAPPER.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException("the coordinator answered " + body);
        }
        return body.path("data");
    }

    @Override
    public void close() {
        process.close();
    }
}
