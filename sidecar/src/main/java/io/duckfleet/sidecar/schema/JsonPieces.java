package io.duckfleet.sidecar.schema;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Cuts a batch into pieces of whole records.
final class JsonPieces implements Iterator<JsonPiece> {

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
    public JsonPiece next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int first = next;
        long bytes = 0;
        while (next < records.count() && (bytes == 0 || bytes < pieceBytes)) {
            bytes += records.end(next) - records.start(next) + 1L;
            next++;
        }
        return new JsonPiece(records, first, next, Math.toIntExact(bytes), rewriting);
    }
}
