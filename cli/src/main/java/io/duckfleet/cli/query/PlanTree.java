package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plan as the coordinator explains it, drawn as a tree: below the query its fragments and lake tables, and
/// below these what is known of them.
record PlanTree(String label, List<PlanTree> children) {

    PlanTree {
        children = List.copyOf(children);
    }

    /// The tree of `POST /explain`'s answer.
    static PlanTree of(JsonNode explanation) {
        List<PlanTree> children = new ArrayList<>();
        for (JsonNode fragment : explanation.path("fragments")) {
            children.add(fragment(fragment));
        }
        for (JsonNode table : explanation.path("lake_tables")) {
            children.add(leaf("lake table " + table.asText()));
        }
        String local = explanation.path("local_plan").asText();
        if (!local.isBlank()) {
            children.add(new PlanTree(
                    "run locally", local.strip().lines().map(PlanTree::leaf).toList()));
        }
        return new PlanTree("query", children);
    }

    /// The tree's lines, with branches drawn.
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(label));
        draw("", lines);
        return List.copyOf(lines);
    }

    private void draw(String indent, List<String> lines) {
        boolean drawing = label.equals("run locally");
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            PlanTree child = children.get(i);
            String branch = drawing ? "   " : last ? "└─ " : "├─ ";
            String below = indent + (last || drawing ? "   " : "│  ");
            List<String> labels = List.of(child.label.split("\n", -1));
            lines.add(indent + branch + labels.getFirst());
            labels.stream().skip(1).forEach(line -> lines.add(below + line));
            child.draw(below, lines);
        }
    }

    private static PlanTree fragment(JsonNode fragment) {
        List<PlanTree> details = new ArrayList<>();
        details.add(leaf(fragment.path("sql").asText()));
        for (JsonNode semiJoin : fragment.path("semi_joins")) {
            details.add(leaf(semiJoin(semiJoin)));
        }
        details.add(leaf(rows(fragment)));
        return new PlanTree(
                "fragment of %s at %s"
                        .formatted(
                                fragment.path("table").asText(),
                                fragment.path("url").asText()),
                details);
    }

    private static String semiJoin(JsonNode semiJoin) {
        String keys = semiJoin.has("keys") ? ": " + semiJoin.path("keys").asText() : "";
        return "only rows whose %s is a %s%s"
                .formatted(semiJoin.path("key").asText(), semiJoin.path("by").asText(), keys);
    }

    private static String rows(JsonNode fragment) {
        long expected = fragment.path("estimated_rows").asLong();
        if (!fragment.has("rows")) {
            return String.format(Locale.ROOT, "about %,d rows expected", expected);
        }
        return String.format(
                Locale.ROOT,
                "%,d rows (about %,d expected), %,d bytes, %.1f ms%s",
                fragment.path("rows").asLong(),
                expected,
                fragment.path("bytes").asLong(),
                fragment.path("ms").asDouble(),
                fragment.path("cached").asBoolean() ? ", kept from before" : "");
    }

    private static PlanTree leaf(String label) {
        return new PlanTree(label, List.of());
    }
}
