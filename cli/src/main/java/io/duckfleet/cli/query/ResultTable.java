package io.duckfleet.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.cli.terminal.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/// A coordinator's JSON answer as a table of text.
final class ResultTable {

    private ResultTable() {}

    static TextTable of(JsonNode answer) {
        List<String> columns =
                elements(answer.path("columns")).stream().map(JsonNode::asText).toList();
        List<List<String>> rows = elements(answer.path("results")).stream()
                .map(row ->
                        columns.stream().map(column -> text(row.path(column))).toList())
                .toList();
        return new TextTable(columns, rows);
    }

    /// How many rows there are, where from, and how long it took.
    static String summary(JsonNode answer) {
        int rows = answer.path("results").size();
        List<String> sources = elements(answer.path("source_tables")).stream()
                .map(JsonNode::asText)
                .toList();
        String from = sources.isEmpty() ? "" : " from " + String.join(", ", sources);
        return String.format(
                Locale.ROOT,
                "(%d %s%s, %.0f ms)",
                rows,
                rows == 1 ? "row" : "rows",
                from,
                answer.path("execution_time_ms").asDouble());
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
