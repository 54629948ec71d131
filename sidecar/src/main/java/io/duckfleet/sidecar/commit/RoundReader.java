package io.duckfleet.sidecar.commit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// The rows of one round as DuckDB reads them: those of a staging line, until it has no more, or rows of so
/// much JSON have come. DuckDB calls it from threads of its own, one at a time, and of what goes wrong it
/// tells the text alone.
final class RoundReader extends ArrowReader {

    private final Schema schema;
    private final StagingLine line;
    private final StageTally tally;
    private final Deque<ArrowRecordBatch> batches = new ArrayDeque<>();
    private long bytesLeft;
    private @Nullable RuntimeException failure;

    /// A round of `bytes` bytes of JSON, the rows of which are counted by `tally`.
    RoundReader(BufferAllocator allocator, StagingLine line, StageTally tally, long bytes) {
        super(allocator);
        this.schema = line.schema();
        this.line = line;
        this.tally = tally;
        this.bytesLeft = bytes;
    }

    /// What went wrong while rows were waited for.
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        try {
            prepareLoadNextBatch();
            while (batches.isEmpty() && bytesLeft > 0 && line.hasMore()) {
                take(line.next());
            }
            if (batches.isEmpty()) {
                return false;
            }
            loadRecordBatch(batches.removeFirst());
            return true;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void take(StagedRows rows) {
        batches.addAll(rows.batches());
        bytesLeft -= rows.bytes();
        tally.add(rows);
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }

    @Override
    protected void closeReadSource() {
        batches.forEach(ArrowRecordBatch::close);
        batches.clear();
    }
}
