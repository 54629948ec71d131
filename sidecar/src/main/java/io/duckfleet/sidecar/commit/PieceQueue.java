package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.schema.Chunk;
import io.duckfleet.sidecar.schema.JsonPiece;
import io.duckfleet.sidecar.schema.StagedColumns;
import java.util.Collections;
import java.util.Iterator;

/// A batch's pieces in their order, a statement's worth at a time.
final class PieceQueue {

    private final Batch batch;
    private final StagedColumns columns;
    private final Iterator<Chunk> chunks;
    private final long statementBytes;
    private Iterator<JsonPiece> pieces = Collections.emptyIterator();

    /// A statement's worth is `statementBytes`, or little more.
    PieceQueue(Batch batch, StagedColumns columns, long statementBytes) {
        this.batch = batch;
        this.columns = columns;
        this.statementBytes = statementBytes;
        this.chunks = batch.records().chunks().iterator();
    }

    boolean hasMore() {
        while (!pieces.hasNext() && chunks.hasNext()) {
            pieces = columns.pieces(chunks.next(), StagePieces.PIECE_BYTES);
        }
        return pieces.hasNext();
    }

    /// Pieces for one statement; none when there are no more.
    StagePieces next() {
        StagePieces some = new StagePieces();
        while (some.bytes() < statementBytes && hasMore()) {
            some.add(pieces.next(), 0, batch);
        }
        return some;
    }
}
