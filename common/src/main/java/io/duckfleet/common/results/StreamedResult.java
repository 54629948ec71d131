package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/// A result of `rows` rows that the session holds, and that is written batch by batch.
record StreamedResult(ResultFormat format, Session session, long rows, RowsWriter writer, ResultLimit limit)
        implements ReadyResult {

    @Override
    public long writeTo(OutputStream out) throws IOException {
        LimitedOutput limited = new LimitedOutput(out, limit);
        try (ResultRows result = new ResultRows(new StoredBatches(session, rows, limited::written), rows)) {
            return writer.write(result, limited);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// The rows go with the session.
    @Override
    public void close() {}
}
