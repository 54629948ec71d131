package io.duckfleet.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A problem document (RFC 9457) as lines for a person: what is wrong, and the place in the SQL with a
/// caret under it.
public record ProblemText(List<String> lines) {

    private static final int CONTEXT = 60;

    public ProblemText {
        lines = List.copyOf(lines);
    }

    /// The text for a problem that `sql` led to; `sql` may be empty where there is none.
    public static ProblemText of(int status, JsonNode problem, String sql) {
        String detail = problem.path("detail").asText(problem.path("title").asText(""));
        List<String> lines = new ArrayList<>();
        lines.add(detail.isBlank() ? "the server answered with status %d".formatted(status) : detail.strip());
        JsonNode position = problem.path("position");
        if (position.isInt() && position.asInt() >= 0 && position.asInt() <= sql.length()) {
            lines.addAll(pointer(sql, position.asInt()));
        }
        return new ProblemText(lines);
    }

    /// The line of the SQL that `position` is in, and a caret below the place; of a long line only what is
    /// near.
    private static List<String> pointer(String sql, int position) {
        int lineStart = sql.lastIndexOf('\n', position - 1) + 1;
        int lineEnd = sql.indexOf('\n', position) < 0 ? sql.length() : sql.indexOf('\n', position);
        int from = Math.max(lineStart, position - CONTEXT);
        int to = Math.min(lineEnd, position + CONTEXT);
        String before = from > lineStart ? "…" : "";
        String after = to < lineEnd ? "…" : "";
        String shown = before + sql.substring(from, to).replace('\t', ' ') + after;
        return List.of("  " + shown, "  " + " ".repeat(before.length() + position - from) + "^");
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
