package io.duckfleet.common.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBResultSet;

/// The rows of a query that has run, to be read once and then closed.
public final class Cursor implements AutoCloseable {

    private final PreparedStatement statement;
    private final DuckDBResultSet rows;

    Cursor(PreparedStatement statement, DuckDBResultSet rows) {
        this.statement = statement;
        this.rows = rows;
    }

    public DuckDBResultSet rows() {
        return rows;
    }

    @Override
    public void close() {
        try (statement) {
            rows.close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
