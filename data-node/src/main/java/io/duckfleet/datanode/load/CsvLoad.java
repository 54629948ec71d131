package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads CSV objects: the reading thread cuts them into chunks while others insert those before. Never more
/// than a few chunks are held. For one load.
final class CsvLoad {

    private final DuckDb database;
    private final ScratchDirectory scratch;
    private final LoadRequest request;
    private final LoadPlan plan;
    private final LoadMeter meter;
    private final int chunkBytes;
    private @Nullable CsvTable table;
    private @Nullable UndecidedColumns undecided;

    CsvLoad(
            DuckDb database,
            ScratchDirectory scratch,
            LoadRequest request,
            LoadPlan plan,
            LoadMeter meter,
            int chunkBytes) {
        this.database = database;
        this.scratch = scratch;
        this.request = request;
        this.plan = plan;
        this.meter = meter;
        this.chunkBytes = chunkBytes;
    }

    /// Makes the table and fills it with `parallel` threads.
    ///
    /// @throws EmptyFileException if there is nothing in the objects
    /// @throws CsvMismatchException if they must be read as a whole; the table may exist and hold a part
    /// @throws LoadException if they don't belong together
    void run(S3Client client, int parallel) throws IOException {
        try (ChunkInserts inserts = new ChunkInserts(database, scratch, meter, chunkBytes, parallel)) {
            for (ObjectVersion object : plan.objects().objects()) {
                try (RangedDownload download = RangedDownload.start(client, object, meter);
                        InputStream plain = Compression.inflate(download)) {
                    load(object, plain, inserts);
                }
            }
            inserts.finish();
        }
        if (undecided == null) {
            throw new EmptyFileException();
        }
        undecided.decide(database, request.tableName(), scratch);
    }

    private void load(ObjectVersion object, InputStream plain, ChunkInserts inserts) throws IOException {
        ChunkReader reader = new ChunkReader(plain, scratch, chunkBytes);
        Optional<Path> sample = reader.sample();
        if (sample.isEmpty()) {
            return;
        }
        Path file = sample.orElseThrow();
        try {
            CsvDialect sniffed = sniff(file);
            boolean isFirst = table == null;
            CsvTable into = table(object, sniffed, file);
            CsvDialect dialect = isFirst ? sniffed : into.adopt(object, sniffed);
            if (!plan.readsNoRow()) {
                addAll(object, reader, into, dialect, inserts);
            }
        } finally {
            Files.delete(file);
        }
    }

    private CsvTable table(ObjectVersion object, CsvDialect dialect, Path sample) {
        CsvTable known = table;
        if (known != null) {
            return known;
        }
        CsvTable made = CsvTable.create(database, request, plan, object, dialect, sample);
        undecided = UndecidedColumns.of(database, dialect, sample, request.options());
        table = made;
        return made;
    }

    private void addAll(
            ObjectVersion object, ChunkReader reader, CsvTable into, CsvDialect dialect, ChunkInserts inserts)
            throws IOException {
        RecordCutter cutter = new RecordCutter(dialect, LateQuotes.unexpected(dialect, reader, request.options()));
        ChunkReading reading = new ChunkReading(into, object, dialect, request.options());
        try {
            boolean isFirst = true;
            for (int length = reader.next(cutter); length > 0; length = reader.next(cutter)) {
                byte[] bytes = reader.exchange(length, inserts.buffer(reader.nextBytes(length)));
                inserts.add(new CsvChunk(bytes, length, isFirst, reading));
                isFirst = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("the load was stopped").initCause(e);
        }
    }

    private CsvDialect sniff(Path sample) {
        try {
            CsvDialect dialect = database.withSession(session -> CsvDialect.sniff(session, sample, request.options()));
            requireNoComments(dialect);
            return dialect;
        } catch (FleetException e) {
            throw new CsvMismatchException(e.detail(), e);
        }
    }

    /// What begins with the character of a comment is left out in silence. Whether it is one, or a value such
    /// as `#5`, all records decide.
    private void requireNoComments(CsvDialect dialect) {
        if (!dialect.comment().isEmpty() && !request.options().has(ReadOption.COMMENT)) {
            throw new CsvMismatchException(
                    "what begins with %s may be a comment or a value".formatted(dialect.comment()));
        }
    }
}
