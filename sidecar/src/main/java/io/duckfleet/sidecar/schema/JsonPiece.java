package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.duckfleet.common.errors.FleetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Some records of a batch as one JSON array: the body's own bytes between two brackets, where nothing has
/// to be written anew. The text is made when it is asked for, by whichever thread.
public final class JsonPiece {

    private static final char REPLACEMENT = '\uFFFD';

    private final Span records;
    private final int from;
    private final int to;
    private final int bytes;
    private final Optional<Rewriting> rewriting;

    /// The records from position `from` up to, but without, `to`, which are `bytes` long with a separator
    /// each.
    JsonPiece(Span records, int from, int to, int bytes, Optional<Rewriting> rewriting) {
        this.records = records;
        this.from = from;
        this.to = to;
        this.bytes = bytes;
        this.rewriting = rewriting;
    }

    /// How many bytes the records have as they came.
    public int bytes() {
        return bytes;
    }

    /// The array.
    ///
    /// @throws FleetException `invalid_request` if the records are no UTF-8
    public String text() {
        return rewriting.map(this::rewritten).orElseGet(this::verbatim);
    }

    private String verbatim() {
        byte[] body = records.body();
        ByteBuffer piece = ByteBuffer.allocate(bytes + 1);
        for (int i = from; i < to; i++) {
            piece.put((byte) (i == from ? '[' : ','));
            piece.put(body, records.start(i), records.end(i) - records.start(i));
        }
        piece.put((byte) ']').flip();
        String text = new String(piece.array(), StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(piece);
    }

    /// The character that stands for what is no UTF-8 may also have been sent.
    private static String strictly(ByteBuffer piece) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(piece).toString();
        } catch (CharacterCodingException e) {
            throw FleetException.invalid("body", "is no valid UTF-8");
        }
    }

    private String rewritten(Rewriting rewriter) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonFactories.generator(piece)) {
            generator.writeStartArray();
            for (int i = from; i < to; i++) {
                int start = records.start(i);
                try (JsonParser parser = JsonFactories.parser(records.body(), start, records.end(i) - start)) {
                    parser.nextToken();
                    rewriter.copy(parser, generator);
                }
            }
            generator.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece.toString(StandardCharsets.UTF_8);
    }
}
