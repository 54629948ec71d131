package io.duckfleet.benchmarks.ingest;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The floor: DuckDB reads the JSON with known columns and writes partitioned Parquet, zstd, into a local
/// folder.
final class PartitionedCopy implements AutoCloseable {

    private final DuckDb database;
    private final Path store;

    PartitionedCopy(DuckDb database, Path store) throws IOException {
        this.database = database;
        this.store = Files.createDirectories(store);
    }

    void write(byte[] array) throws IOException {
        Path json = store.resolve("body.json");
        Files.write(json, array);
        database.withSession(session -> {
            session.execute("""
                    COPY (
                      SELECT *, DATE '2026-01-01' AS partition_date, 2026 AS year, 1 AS month, 1 AS day, now() AS ingested_at
                      FROM read_json(%s, format = 'array', columns = {id: 'VARCHAR', record_id: 'VARCHAR',
                        first_name: 'VARCHAR', last_name: 'VARCHAR', email: 'VARCHAR', age: 'BIGINT', country: 'VARCHAR',
                        status: 'VARCHAR', balance: 'DOUBLE', created_at: 'TIMESTAMPTZ'})
                    ) TO %s (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year, month, day))
                    """.formatted(
                            Identifiers.literal(json.toString()),
                            Identifiers.literal(store.resolve("users").toString())));
            return true;
        });
    }

    long count() {
        return database.withSession(session -> session.queryLong(
                "SELECT count(*) FROM read_parquet(%s)".formatted(Identifiers.literal(store + "/users/**/*.parquet"))));
    }

    @Override
    public void close() {
        Folders.delete(store);
    }
}
