package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// A range of the buffer that goes into the lake as one batch: the records of `table` with the sequence
/// numbers `from` to `to`. It is written down before the commit and removed with the records after it, so
/// that a flush that a crash has cut short is repeated as it was, under the same key. `day` is what the
/// flush was asked for.
record FlushPlan(UUID id, TableName table, long from, long to, Optional<LocalDate> day) {

    private static final Duration UNTIL_REMOVED = Duration.ofDays(3_650);

    FlushPlan {
        if (from > to) {
            throw new IllegalArgumentException("a flush from %d to %d has no records".formatted(from, to));
        }
    }

    /// The key of the commit. It has the plan's own id, so that a copy of a buffer, or one that was set
    /// back, never takes another one's commit for its own.
    BatchKey key(UUID buffer) {
        return new BatchKey("~%s:%d-%d:%s".formatted(buffer, from, to, id), "", UNTIL_REMOVED);
    }
}
