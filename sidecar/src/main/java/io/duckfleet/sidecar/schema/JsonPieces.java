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
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Cuts a batch into JSON arrays of whole records. Where nothing has to be written anew, a piece is the
/// body's own bytes between two brackets.
final class JsonPieces implements Iterator<String> {

    private final Span records;
    private final int pieceBytes;
    private final Optional<Rewriting> rewriting;
    private int next;

    JsonPieces(Span records, int pieceBytes, Optional<Rewriting> rewriting) {
        this.records = records;
        this.pieceBytes = pieceBytes;
        this.rewriting = rewriting;
    }

    @Override
    public boolean hasNext() {
        return next < records.count();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int first = next;
        long bytes = 0;
        while (next < records.count() && (bytes == 0 || bytes < pieceBytes)) {
            bytes += records.end(next) - records.start(next) + 1L;
            next++;
        }
        return rewriting.isPresent()
                ? rewritten(rewriting.get(), first, next)
                : verbatim(first, next, Math.toIntExact(bytes) + 1);
    }

    private String verbatim(int from, int to, int size) {
        byte[] body = records.body();
        ByteBuffer piece = ByteBuffer.allocate(size);
        for (int i = from; i < to; i++) {
            piece.put((byte) (i == from ? '[' : ','));
            piece.put(body, records.start(i), records.end(i) - records.start(i));
        }
        piece.put((byte) ']').flip();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(piece).toString();
        } catch (CharacterCodingException e) {
            throw FleetException.invalid("body", "is no valid UTF-8");
        }
    }

    private String rewritten(Rewriting rewriter, int from, int to) {
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
