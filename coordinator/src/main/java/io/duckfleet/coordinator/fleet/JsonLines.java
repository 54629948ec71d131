package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// On which line of a JSON text each member and element stands, by JSON pointer (`/tables/a/port`).
record JsonLines(Map<String, Integer> byPointer) {

    private static final JsonFactory FACTORY = new JsonFactory();

    JsonLines {
        byPointer = Map.copyOf(byPointer);
    }

    /// The lines of `json`, which is well-formed.
    static JsonLines of(byte[] json) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            while (parser.nextToken() != null) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
        return new JsonLines(lines);
    }

    /// The line of what stands at `pointer`, or else of the nearest thing around it.
    int lineOf(String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty() && !byPointer.containsKey(nearest)) {
            nearest = nearest.substring(0, nearest.lastIndexOf('/'));
        }
        return byPointer.getOrDefault(nearest, 1);
    }
}
