package io.duckfleet.common.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads a lent result set, which is closed when the method returns.
@FunctionalInterface
public interface RowsReader<T> {

    T read(ResultSet rows) throws SQLException;
}
