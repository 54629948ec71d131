package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the scans out of DuckDB's `EXPLAIN (FORMAT json)`. A `FILTER` right above a scan speaks of that
/// scan's rows alone.
final class ExplainedScans {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<ScanAdvice> scans = new ArrayList<>();

    private ExplainedScans() {}

    static List<ScanAdvice> in(String explainJson) {
        try {
            ExplainedScans walk = new ExplainedScans();
            MAPPER.readTree(explainJson).forEach(root -> walk.visit(root, List.of()));
            return List.copyOf(walk.scans);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(JsonNode operator, List<String> filterAbove) {
        JsonNode details = operator.path("extra_info");
        if (details.has("Table")) {
            scans.add(new ScanAdvice(
                    lastPart(details.path("Table").asText()),
                    texts(details.path("Projections")),
                    Stream.concat(texts(details.path("Filters")).stream(), filterAbove.stream())
                            .toList()));
        }
        List<String> filter = isFilter(operator) ? texts(details.path("Expression")) : List.of();
        operator.path("children").forEach(child -> visit(child, filter));
    }

    private static boolean isFilter(JsonNode operator) {
        return operator.path("name").asText().strip().equals("FILTER");
    }

    private static String lastPart(String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    /// One text or a list of them; an empty text means none.
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asText()));
        } else if (!value.asText().isEmpty()) {
            texts.add(value.asText());
        }
        return texts;
    }
}
