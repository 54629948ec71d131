package io.duckfleet.sidecar.commit;

import io.duckfleet.sidecar.schema.Chunk;
import io.duckfleet.sidecar.schema.JsonPiece;
import io.duckfleet.sidecar.schema.StagedColumns;
import java.util.Collections;
import java.util.Iterator;

/// A batch's pieces, handed out to workers a statement's worth at a time, as many in a round as it may have.
/// Thread-safe.
final class PieceQueue {

    private final Batch batch;
    private final StagedColumns columns;
    private final Iterator<Chunk> chunks;
    private Iterator<JsonPiece> pieces = Collections.emptyIterator();
    private long bytesLeft;

    PieceQueue(Batch batch, StagedColumns columns) {
        this.batch = batch;
        this.columns = columns;
        this.chunks = batch.records().chunks().iterator();
    }

    synchronized void beginRound(long bytes) {
        bytesLeft = bytes;
    }

    /// Whether there are pieces left, in whatever round.
    synchronized boolean hasMore() {
        while (!pieces.hasNext() && chunks.hasNext()) {
            pieces = columns.pieces(chunks.next(), StagePieces.PIECE_BYTES);
        }
        return pieces.hasNext();
    }

    /// Fills `target` with pieces for one statement; false when the round, or the batch, has no more.
    synchronized boolean take(StagePieces target) {
        while (bytesLeft > 0 && !target.isFull() && hasMore()) {
            JsonPiece piece = pieces.next();
            bytesLeft -= piece.bytes();
            target.add(piece, 0, batch);
        }
        return !target.isEmpty();
    }
}
