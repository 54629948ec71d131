package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.results.JsonTail;
import io.duckfleet.common.results.ResultColumn;
import java.io.IOException;
import java.util.List;

/// What an answer of the lake's routes tells beside its rows, which it calls `data`: the SQL that ran, the
/// values of its parameters, and all that [AnswerTail] tells.
final class RecordsTail implements JsonTail {

    private static final double NANOS_PER_SECOND = 1e9;

    private final QueryRequest request;
    private final long startNanos;
    private final AnswerTail more;

    RecordsTail(QueryRequest request, long startNanos, AnswerTail more) {
        this.request = request;
        this.startNanos = startNanos;
        this.more = more;
    }

    @Override
    public String rowsName() {
        return "data";
    }

    @Override
    public void writeHead(JsonGenerator json) throws IOException {
        json.writeStringField("status", "success");
    }

    @Override
    public void write(JsonGenerator json, List<ResultColumn> columns, long rowCount) throws IOException {
        json.writeNumberField("duration_seconds", (System.nanoTime() - startNanos) / NANOS_PER_SECOND);
        json.writeStringField("query", request.sql());
        if (request.parameters() != null) {
            json.writeFieldName("parameters");
            json.writeRawValue(request.parameters().toString());
        }
        more.write(json, columns, rowCount);
    }
}
