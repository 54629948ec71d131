package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import org.duckdb.DuckDBResultSet;

/// Writes all rows of a result to a stream, which stays open.
@FunctionalInterface
interface RowsWriter {

    void write(DuckDBResultSet rows, OutputStream out) throws SQLException, IOException;
}
