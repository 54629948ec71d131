package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ResultColumn;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// What a JSON answer tells beside its rows: times, sources, and what each node gave.
final class AnswerTail implements JsonTail {

    private static final double NANOS_PER_MS = 1e6;

    private final String queryId;
    private final List<String> sourceTables;
    private final List<FetchedFragment> fragments;
    private final long startNanos;
    private final Clock clock;

    AnswerTail(
            String queryId, List<String> sourceTables, List<FetchedFragment> fragments, long startNanos, Clock clock) {
        this.queryId = queryId;
        this.sourceTables = List.copyOf(sourceTables);
        this.fragments = fragments;
        this.startNanos = startNanos;
        this.clock = clock;
    }

    @Override
    public void write(JsonGenerator json, List<ResultColumn> columns, long rowCount) throws IOException {
        json.writeNumberField("execution_time_ms", (System.nanoTime() - startNanos) / NANOS_PER_MS);
        json.writeStringField("timestamp", clock.instant().toString());
        writeTexts(json, "source_tables", sourceTables);
        json.writeStringField("query_id", queryId);
        writeTexts(
                json, "column_types", columns.stream().map(ResultColumn::type).toList());
        json.writeNumberField("row_count", rowCount);
        json.writeArrayFieldStart("nodes");
        for (FetchedFragment fragment : fragments) {
            writeNode(json, fragment);
        }
        json.writeEndArray();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeNode(JsonGenerator json, FetchedFragment fetched) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", fetched.fragment().names());
        json.writeStringField("url", fetched.node().toString());
        json.writeNumberField("rows", fetched.rows());
        json.writeNumberField("bytes", fetched.bytes());
        json.writeNumberField("ms", fetched.duration().toNanos() / NANOS_PER_MS);
        json.writeBooleanField("cached", fetched.isCached());
        json.writeEndObject();
    }
}
