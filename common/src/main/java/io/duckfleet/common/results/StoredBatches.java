package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A result that the session holds in a temp table, where DuckDB's memory limit covers it and DuckDB may
/// spill it, read by ranges of row numbers (docs/decisions/016). A range is small at first; then it is as
/// long as makes some megabytes of output, so that a batch is bounded however wide the rows are.
final class StoredBatches implements Batches {

    private static final String TABLE = Identifiers.quote("the result");
    private static final String CREATE = "CREATE OR REPLACE TEMP TABLE " + TABLE + " AS FROM (";
    private static final String READ = "FROM temp.main." + TABLE + " WHERE rowid >= ? AND rowid < ?";

    private static final long FIRST_ROWS = 256;
    private static final long MOST_ROWS = 65_536;
    private static final long MOST_GROWTH = 16;
    private static final long WANTED_BYTES = 4 << 20;

    private final Session session;
    private final long count;
    private final LongSupplier written;
    private long from;
    private long length = FIRST_ROWS;
    private long writtenBefore;

    /// `written` tells how many bytes of output have been made of the batches so far.
    StoredBatches(Session session, long count, LongSupplier written) {
        this.session = session;
        this.count = count;
        this.written = written;
    }

    /// Computes the rows of `select` into the session's temp table, in order, and counts them.
    static long store(Session session, String select) {
        return session.inTransaction(select, transaction -> {
            Positions.shifted(CREATE.length(), () -> transaction.update(CREATE + select + "\n)"));
            return transaction.queryLong("SELECT count(*) FROM temp.main." + TABLE);
        });
    }

    /// There is one batch at least, which tells the columns of an empty result.
    @Override
    public Optional<Cursor> next() {
        if (from > 0 && from >= count) {
            return Optional.empty();
        }
        if (from > 0) {
            length = nextLength();
        }
        writtenBefore = written.getAsLong();
        Cursor batch = session.openCursor(READ, from, from + length);
        from += length;
        return Optional.of(batch);
    }

    private long nextLength() {
        long bytesPerRow = Math.max(1, (written.getAsLong() - writtenBefore) / length);
        long wanted = Math.min(WANTED_BYTES / bytesPerRow, length * MOST_GROWTH);
        return Math.clamp(wanted, 1, MOST_ROWS);
    }
}
