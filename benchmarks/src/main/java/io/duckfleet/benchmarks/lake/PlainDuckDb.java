package io.duckfleet.benchmarks.lake;

import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import java.util.List;

/// The peer: DuckDB in this process, over the lake's Parquet files, without catalog, HTTP and JSON.
final class PlainDuckDb implements AutoCloseable {

    private final DuckDb database;
    private final Session session;

    PlainDuckDb(Workshop workshop, List<String> tables) {
        database = AsItComes.duckDb(workshop.duckDb());
        session = database.open();
        Extensions.HTTPFS.load(session);
        session.execute(
                "CREATE SECRET (TYPE s3, KEY_ID ?, SECRET ?, ENDPOINT ?, URL_STYLE 'path', USE_SSL false)",
                workshop.credentials().s3AccessKey(),
                workshop.credentials().s3SecretKey(),
                workshop.authority());
        tables.forEach(table -> session.execute(
                "CREATE VIEW %1$s AS FROM read_parquet('s3://lake-data/data/%1$s/**/*.parquet', hive_partitioning = false)"
                        .formatted(table)));
    }

    /// Runs the query, reads all values of all its rows, and tells how many rows they were.
    int rows(String sql, Object... parameters) {
        return rows(session, sql, parameters);
    }

    /// Runs the query so often, in a session of its own.
    void repeat(int times, String sql) {
        try (Session own = database.open()) {
            for (int i = 0; i < times; i++) {
                rows(own, sql);
            }
        }
    }

    private static int rows(Session asked, String sql, Object... parameters) {
        return asked.query(
                sql,
                rows -> {
                    int columns = rows.getMetaData().getColumnCount();
                    int count = 0;
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            rows.getObject(i);
                        }
                        count++;
                    }
                    return count;
                },
                parameters);
    }

    @Override
    public void close() {
        session.close();
        database.close();
    }
}
