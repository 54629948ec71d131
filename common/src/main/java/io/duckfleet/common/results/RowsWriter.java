package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/// Writes all rows of a result to a stream, which stays open, and tells how many they were.
@FunctionalInterface
interface RowsWriter {

    long write(ResultRows rows, OutputStream out) throws SQLException, IOException;
}
