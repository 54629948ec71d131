package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a result, one after another or batch by batch; at most one batch is open. Checks that all came
/// that were promised.
final class ResultRows implements AutoCloseable {

    private final Batches batches;
    private final long promised;
    private Cursor batch;
    private long count;
    private boolean ended;

    ResultRows(Batches batches, long promised) {
        this.batches = batches;
        this.promised = promised;
        this.batch = batches.next().orElseThrow();
    }

    List<ResultColumn> columns() throws SQLException {
        return ResultColumn.of(batch.rows());
    }

    /// Moves on to the next row, if there is one.
    boolean next() throws SQLException {
        while (!ended && !batch.rows().next()) {
            if (!nextBatch()) {
                ended = true;
                requireAll(count);
            }
        }
        if (ended) {
            return false;
        }
        count++;
        return true;
    }

    /// The value of a column of this row, counted from 1.
    @Nullable
    Object value(int column) throws SQLException {
        return batch.rows().getObject(column);
    }

    /// The batch that is open, for formats that are made of whole batches.
    Cursor batch() {
        return batch;
    }

    /// Moves on to the next batch, if there is one.
    boolean nextBatch() {
        batch.close();
        Optional<Cursor> next = batches.next();
        next.ifPresent(cursor -> batch = cursor);
        return next.isPresent();
    }

    /// How many rows were moved to.
    long count() {
        return count;
    }

    /// Fails when `read` rows were read and another number was promised.
    void requireAll(long read) {
        if (read != promised) {
            throw new FleetException(
                    ErrorCode.INTERNAL, "%d rows of a result were read of %d".formatted(read, promised));
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}
