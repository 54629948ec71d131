package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Loads a stream of plain CSV: the reading thread cuts it into chunks while others insert those before.
/// Never more than a few chunks are held.
final class CsvLoad {

    private final DuckDb database;
    private final TableName table;
    private final ScratchDirectory scratch;
    private final LoadMeter meter;
    private final int parallel;
    private final int chunkBytes;

    CsvLoad(DuckDb database, TableName table, ScratchDirectory scratch, LoadMeter meter, int parallel, int chunkBytes) {
        this.database = database;
        this.table = table;
        this.scratch = scratch;
        this.meter = meter;
        this.parallel = parallel;
        this.chunkBytes = chunkBytes;
    }

    /// Makes the table and fills it.
    ///
    /// @throws EmptyFileException if there is nothing in the stream
    /// @throws CsvMismatchException if the stream must be read as a whole; the table may exist and hold a
    /// part
    void run(InputStream plain) throws IOException {
        ChunkReader reader = new ChunkReader(plain, scratch, chunkBytes);
        Path sample = reader.sample().orElseThrow(EmptyFileException::new);
        CsvDialect dialect = sniff(sample);
        createTable(sample, dialect);
        Files.delete(sample);
        try (ChunkInserts inserts = new ChunkInserts(database, table, dialect, meter, parallel)) {
            addAll(reader, new RecordCutter(dialect), inserts);
            inserts.finish();
        }
    }

    private void addAll(ChunkReader reader, RecordCutter cutter, ChunkInserts inserts) throws IOException {
        try {
            for (Chunk chunk = reader.next(cutter); chunk != null; chunk = reader.next(cutter)) {
                inserts.add(chunk);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("the load was stopped").initCause(e);
        }
    }

    private CsvDialect sniff(Path sample) throws IOException {
        try {
            return database.withSession(session -> CsvDialect.sniff(session, sample));
        } catch (FleetException e) {
            Files.delete(sample);
            throw new CsvMismatchException(e.detail(), e);
        }
    }

    private void createTable(Path sample, CsvDialect dialect) {
        database.withSession(session -> {
            session.execute("CREATE TABLE %s AS FROM %s LIMIT 0".formatted(table.quoted(), dialect.readFirst(sample)));
            return true;
        });
    }
}
