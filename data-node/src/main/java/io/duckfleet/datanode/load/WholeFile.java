package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The plain way into a table: the object becomes a file, and DuckDB's own reader reads it.
final class WholeFile {

    private static final long USUAL_SAMPLE = 20_480;
    private static final long ALL_ROWS = -1;

    private WholeFile() {}

    /// Writes all of `object` into `file`.
    static void save(InputStream object, Path file) throws IOException {
        Files.copy(object, file);
    }

    /// Makes the table of the CSV file, with the types that fit the rows that DuckDB looks at first, or,
    /// where later ones contradict, that fit all rows.
    static void read(Session session, TableName table, Path file) throws IOException {
        Compression compression = compressionOf(file);
        try {
            read(session, table, file, compression, USUAL_SAMPLE);
        } catch (FleetException e) {
            read(session, table, file, compression, ALL_ROWS);
        }
    }

    private static void read(Session session, TableName table, Path file, Compression compression, long sampleSize) {
        session.execute("CREATE TABLE %s AS FROM read_csv(%s, compression = '%s', sample_size = %d)"
                .formatted(table.quoted(), Identifiers.literal(file.toString()), compression.duckDbName(), sampleSize));
    }

    private static Compression compressionOf(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Compression.of(bytes.readNBytes(Compression.HEAD_BYTES));
        }
    }
}
