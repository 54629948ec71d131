package io.duckfleet.common.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;

/// Rows as JSON objects: in one document, `{"results":[..],"columns":[..], ..}`, or a line each.
final class JsonRows {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonRows() {}

    static RowsWriter document(JsonNumbers numbers, JsonTail tail) {
        return (rows, out) -> {
            JsonGenerator json = generator(out);
            List<ResultColumn> columns = rows.columns();
            begin(json, tail);
            json.writeStartArray();
            long count = writeRows(rows, json, columns, numbers);
            json.writeEndArray();
            end(json, tail, columns, count);
            return count;
        };
    }

    /// Writes what stands before the array of rows.
    static void begin(JsonGenerator json, JsonTail tail) throws IOException {
        json.writeStartObject();
        tail.writeHead(json);
        json.writeFieldName(tail.rowsName());
    }

    /// Writes what stands behind the array of rows.
    static void end(JsonGenerator json, JsonTail tail, List<ResultColumn> columns, long count) throws IOException {
        json.writeArrayFieldStart("columns");
        for (ResultColumn column : columns) {
            json.writeString(column.name());
        }
        json.writeEndArray();
        tail.write(json, columns, count);
        json.writeEndObject();
        json.flush();
    }

    static RowsWriter lines(JsonNumbers numbers) {
        return (rows, out) -> {
            JsonGenerator json = generator(out);
            json.setRootValueSeparator(new SerializedString("\n"));
            long count = writeRows(rows, json, rows.columns(), numbers);
            if (count > 0) {
                json.writeRaw('\n');
            }
            json.flush();
            return count;
        };
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    private static long writeRows(ResultRows rows, JsonGenerator json, List<ResultColumn> columns, JsonNumbers numbers)
            throws SQLException, IOException {
        JsonValues values = new JsonValues(json, numbers);
        SerializedString[] names = columns.stream()
                .map(column -> new SerializedString(column.name()))
                .toArray(SerializedString[]::new);
        while (rows.next()) {
            json.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                json.writeFieldName(names[i]);
                values.write(rows.value(i + 1));
            }
            json.writeEndObject();
        }
        return rows.count();
    }
}
