package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/// Records of one kind, the same for the same seed and instant. Not thread-safe.
public final class RecordGenerator {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final RecordWriter writer;

    private RecordGenerator(RecordWriter writer) {
        this.writer = writer;
    }

    /// Records whose times lie in the 90 days before `until`.
    public static RecordGenerator of(RecordKind kind, long seed, Instant until) {
        return new RecordGenerator(kind.writer(new Draws(seed, until)));
    }

    /// Writes one more record, as a JSON object.
    public void write(JsonGenerator json) throws IOException {
        writer.write(json);
    }

    /// Writes `count` more records, one a line. `target` is flushed and stays open.
    public void writeLines(OutputStream target, long count) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(target)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        for (long i = 0; i < count; i++) {
            writer.write(json);
        }
        json.writeRaw('\n');
        json.close();
    }

    /// Writes `count` more records as one JSON array. `target` is flushed and stays open.
    public void writeArray(OutputStream target, long count) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(target).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartArray();
        for (long i = 0; i < count; i++) {
            writer.write(json);
        }
        json.writeEndArray();
        json.close();
    }
}
