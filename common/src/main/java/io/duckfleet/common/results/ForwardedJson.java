package io.duckfleet.common.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A result that another service has written as a JSON document, as [#TYPES_ALONE] has it: its rows are handed
/// on as they stand there, with a head and a tail of one's own. The file may be deleted meanwhile.
public final class ForwardedJson implements ReadyResult {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private static final String ROWS = "results";
    private static final String NAMES = "columns";
    private static final String TYPES = "column_types";

    /// The tail of such a document.
    public static final JsonTail TYPES_ALONE = (json, columns, rowCount) -> {
        json.writeArrayFieldStart(TYPES);
        for (ResultColumn column : columns) {
            json.writeString(column.type());
        }
        json.writeEndArray();
    };

    private final FileChannel document;
    private final JsonTail tail;
    private List<String> names = List.of();
    private List<String> types = List.of();
    private long from;
    private long to;
    private long rows;

    private ForwardedJson(FileChannel document, JsonTail tail) {
        this.document = document;
        this.tail = tail;
    }

    /// The result in `file`.
    ///
    /// @throws IOException if it is no such document, or not whole
    public static ForwardedJson of(Path file, JsonTail tail) throws IOException {
        ForwardedJson result = new ForwardedJson(FileChannel.open(file, StandardOpenOption.READ), tail);
        try {
            result.read();
            return result;
        } catch (IOException | RuntimeException e) {
            result.close();
            throw e;
        }
    }

    private void read() throws IOException {
        try (JsonParser json = FACTORY.createParser(Channels.newInputStream(document))) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                require(value == JsonToken.START_ARRAY);
                switch (name) {
                    case ROWS -> readRows(json);
                    case NAMES -> names = texts(json);
                    case TYPES -> types = texts(json);
                    default -> json.skipChildren();
                }
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
            require(to > 0 && names.size() == types.size());
        }
    }

    private void readRows(JsonParser json) throws IOException {
        from = json.currentTokenLocation().getByteOffset();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            json.skipChildren();
            rows++;
        }
        require(json.currentToken() == JsonToken.END_ARRAY);
        to = json.currentLocation().getByteOffset();
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(json.getText());
        }
        require(json.currentToken() == JsonToken.END_ARRAY);
        return texts;
    }

    private static void require(boolean isAsExpected) throws IOException {
        if (!isAsExpected) {
            throw new IOException("it is no JSON document with results, columns and column_types");
        }
    }

    @Override
    public ResultFormat format() {
        return ResultFormat.JSON;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long writeTo(OutputStream out) throws IOException {
        JsonGenerator json = JsonRows.generator(out);
        JsonRows.begin(json, tail);
        json.writeRawValue("");
        json.flush();
        copyRows(Channels.newChannel(out));
        JsonRows.end(json, tail, columns(), rows);
        return rows;
    }

    private void copyRows(WritableByteChannel out) throws IOException {
        long position = from;
        while (position < to) {
            long copied = document.transferTo(position, to - position, out);
            require(copied > 0);
            position += copied;
        }
    }

    private List<ResultColumn> columns() {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ResultColumn(names.get(i), types.get(i)));
        }
        return columns;
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
