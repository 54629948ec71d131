package io.duckfleet.sidecar.buffer;

import java.time.Instant;

/// What a table has in the buffer; `oldest` is when the first of the records came.
public record TableBacklog(long rows, long bytes, Instant oldest) {

    TableBacklog plus(long moreRows, long moreBytes, Instant receivedAt) {
        return new TableBacklog(rows + moreRows, bytes + moreBytes, receivedAt.isBefore(oldest) ? receivedAt : oldest);
    }

    /// What is left when the records up to now are gone: the oldest of the rest isn't older than `next`.
    TableBacklog minus(long lessRows, long lessBytes, Instant next) {
        return new TableBacklog(rows - lessRows, bytes - lessBytes, next);
    }
}
