package io.duckfleet.cli.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Writes a query's result to a Parquet file, as it comes.
final class ParquetExport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI query;
    private final Duration deadline;

    ParquetExport(URI query, Duration deadline) {
        this.query = query;
        this.deadline = deadline;
    }

    /// @throws CommandFailure if the coordinator refuses the query
    void write(String sql, Path target) throws IOException {
        Map<String, Object> body = Map.of("query", sql, "timeout_ms", deadline.toMillis());
        HttpRequest request = HttpRequest.newBuilder(query)
                .header("Accept", "application/vnd.apache.parquet")
                .header("Content-Type", "application/json")
                .timeout(deadline)
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new CommandFailure(ProblemText.of(answer.statusCode(), MAPPER.readTree(content), "")
                            .toString());
                }
                Files.copy(content, target);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
