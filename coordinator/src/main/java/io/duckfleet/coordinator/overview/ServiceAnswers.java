package io.duckfleet.coordinator.overview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What one service tells of itself at this moment: its health and metadata as JSON, its metrics as text.
/// Each is missing where the service didn't give it.
record ServiceAnswers(Optional<JsonNode> health, Optional<JsonNode> metadata, Optional<String> metrics) {

    private static final String REQUESTS = "http_server_requests_seconds_count";
    private static final String COMMITS = "duckfleet_commits_seconds_count";
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

    Optional<JsonNode> healthField(String name) {
        return health.map(answer -> answer.path(name)).filter(node -> node.isContainerNode() && !node.isEmpty());
    }

    Optional<String> healthText(String name) {
        return health.map(answer -> answer.path(name).asText("")).filter(text -> !text.isEmpty());
    }

    Optional<Long> metadataNumber(String name) {
        return metadata.map(answer -> answer.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asLong);
    }

    Optional<String> metadataText(String name) {
        return metadata.map(answer -> answer.path(name).asText("")).filter(text -> !text.isEmpty());
    }

    /// How many requests it has answered since it started.
    Optional<Long> requests() {
        return sum(REQUESTS);
    }

    /// How often it has committed to the lake since it started.
    Optional<Long> commits() {
        return sum(COMMITS);
    }

    Optional<Long> heapBytes() {
        return sum(HEAP);
    }

    private Optional<Long> sum(String prefix) {
        return metrics.map(text -> (long) text.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> number(line.substring(line.lastIndexOf(' ') + 1)))
                .sum());
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
