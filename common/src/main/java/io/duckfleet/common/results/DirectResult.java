package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A result that is read from where it was computed. DuckDB's memory limit doesn't cover it, so it has to be
/// short. Some results no table can hold: they have a struct without names, as `row(1, 2)` makes.
record DirectResult(ResultFormat format, Cursor cursor, long rows, RowsWriter writer, ResultLimit limit)
        implements ReadyResult {

    private static final long MOST_ROWS = 10_000;

    /// Whether this is what a table can't be made of.
    static boolean isNeededAfter(FleetException refusal) {
        return refusal.detail().contains("unnamed struct");
    }

    static DirectResult run(Session session, String select, ResultFormat format, RowsWriter writer, ResultLimit limit) {
        long rows = session.queryLong("SELECT count(*) FROM (FROM (%s\n) LIMIT %d)".formatted(select, MOST_ROWS + 1));
        if (rows > MOST_ROWS) {
            throw new FleetException(
                    ErrorCode.RESULT_TOO_LARGE,
                    "a result with structs without names may have %d rows; name their fields, as in {'a': 1}"
                            .formatted(MOST_ROWS));
        }
        return of(session, select, format, writer, limit, rows);
    }

    /// The result of a statement that gives `rows` rows, which are few.
    static DirectResult of(
            Session session, String select, ResultFormat format, RowsWriter writer, ResultLimit limit, long rows) {
        return new DirectResult(format, session.openCursor("FROM (%s\n)".formatted(select)), rows, writer, limit);
    }

    @Override
    public long writeTo(OutputStream out) throws IOException {
        Iterator<Cursor> once = List.of(cursor).iterator();
        Batches batches = () -> once.hasNext() ? Optional.of(once.next()) : Optional.empty();
        try (ResultRows result = new ResultRows(batches, rows)) {
            return writer.write(result, new LimitedOutput(out, limit));
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
