package io.duckfleet.common.results;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.DuckDbErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/// A result that is read row by row, or batch by batch, from a cursor.
record CursorResult(ResultFormat format, Cursor cursor, RowsWriter writer) implements ReadyResult {

    @Override
    public long writeTo(OutputStream out) throws IOException {
        try {
            return writer.write(cursor.rows(), out);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
