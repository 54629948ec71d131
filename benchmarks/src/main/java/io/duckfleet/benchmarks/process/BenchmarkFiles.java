package io.duckfleet.benchmarks.process;

import io.duckfleet.common.duckdb.DuckDb;
import java.nio.file.Path;

/// The files that are worked on, the same in every run.
public final class BenchmarkFiles {

    private BenchmarkFiles() {}

    /// Writes a gzipped CSV file of eight columns: integers, texts, a decimal number, a date, a timestamp.
    public static void writeCsv(Workshop workshop, Path file, long rows) {
        try (DuckDb database = DuckDb.inMemory(workshop.duckDb())) {
            database.withSession(session -> {
                session.execute("""
                        COPY (
                          SELECT
                            i AS id,
                            (hash(i * 7) %% 1000000)::INTEGER AS customer_id,
                            'customer number ' || (hash(i * 3) %% 500000) AS customer,
                            round((hash(i * 11) %% 100000000) / 100.0, 2) AS amount,
                            DATE '2020-01-01' + (hash(i * 13) %% 2000)::INTEGER AS day,
                            TIMESTAMP '2024-01-01' + to_seconds((hash(i * 17) %% 30000000)::BIGINT) AS at_time,
                            ['DE', 'FR', 'US', 'JP', 'BR'][1 + (hash(i) %% 5)::INTEGER] AS country,
                            md5((hash(i * 19) %% 100000)::VARCHAR) AS reference
                          FROM range(%d) t(i)
                        ) TO '%s' (FORMAT csv, HEADER, COMPRESSION gzip)
                        """.formatted(rows, file));
                return true;
            });
        }
    }
}
