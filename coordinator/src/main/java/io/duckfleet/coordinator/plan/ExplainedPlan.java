package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is read out of DuckDB's `EXPLAIN (FORMAT json)`: the scans, the conditions of joins as they are
/// printed, and what bounds the answer's rows.
record ExplainedPlan(List<ScanAdvice> scans, List<String> conditions, Set<AnswerBound> bounds) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    ExplainedPlan {
        scans = List.copyOf(scans);
        conditions = List.copyOf(conditions);
        bounds = Set.copyOf(bounds);
    }

    static ExplainedPlan of(String explainJson) {
        try {
            List<ScanAdvice> scans = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            Set<AnswerBound> bounds = EnumSet.allOf(AnswerBound.class);
            for (JsonNode root : MAPPER.readTree(explainJson)) {
                collect(root, List.of(), scans);
                root.findValues("Conditions").forEach(condition -> conditions.addAll(texts(condition)));
                bounds.removeIf(bound -> !bound.holdsFor(root));
            }
            return new ExplainedPlan(scans, conditions, bounds);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A `FILTER` right above a scan speaks of that scan's rows alone.
    private static void collect(JsonNode operator, List<String> filterAbove, List<ScanAdvice> scans) {
        JsonNode details = operator.path("extra_info");
        if (details.has("Table")) {
            scans.add(new ScanAdvice(
                    lastPart(details.path("Table").asText()),
                    texts(details.path("Projections")),
                    Stream.concat(texts(details.path("Filters")).stream(), filterAbove.stream())
                            .toList()));
        }
        List<String> filter = isFilter(operator) ? texts(details.path("Expression")) : List.of();
        operator.path("children").forEach(child -> collect(child, filter, scans));
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
