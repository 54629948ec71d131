package io.duckfleet.common.duckdb;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/// Reads the columns that a query would give.
@FunctionalInterface
public interface ColumnsReader<T> {
    T read(ResultSetMetaData columns) throws SQLException;
}
