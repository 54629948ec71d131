package io.duckfleet.datanode.load;

import com.github.luben.zstd.ZstdIOException;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.s3.S3Location;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.TableSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipException;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads objects, each into a DuckDB of its own that is locked afterwards.
public final class TableLoader {

    private static final Logger LOG = Logger.getLogger(TableLoader.class);

    private static final int ATTEMPTS = 3;
    private static final int MOST_PARALLEL = 8;

    /// Large enough that DuckDB can take over whole row groups of usual records, small enough that a few fit
    /// into memory beside the table.
    private static final int CHUNK_BYTES = 16 << 20;

    private final S3Client client;
    private final DuckDbSettings settings;
    private final ScratchDirectory scratch;
    private final Clock clock;
    private final int chunkBytes;

    public TableLoader(S3Client client, DuckDbSettings settings, ScratchDirectory scratch, Clock clock) {
        this(client, settings, scratch, clock, CHUNK_BYTES);
    }

    TableLoader(S3Client client, DuckDbSettings settings, ScratchDirectory scratch, Clock clock, int chunkBytes) {
        this.client = client;
        this.settings = settings;
        this.scratch = scratch;
        this.clock = clock;
        this.chunkBytes = chunkBytes;
    }

    /// The object as a table. It takes as long as that takes; an object that is overwritten meanwhile is read
    /// anew.
    ///
    /// @throws LoadException if it can't be
    public LoadedTable load(LoadRequest request, LoadMeter meter) {
        for (int attempt = 1; ; attempt++) {
            try {
                return loadOnce(request, meter);
            } catch (ObjectChangedException e) {
                if (attempt == ATTEMPTS) {
                    throw new LoadException(e.getMessage() + " again and again", e);
                }
                LOG.infof("%s; it is read anew", e.getMessage());
            }
        }
    }

    /// The version that is there now.
    ///
    /// @throws LoadException if there is none, or it can't be told
    ObjectVersion currentVersion(LoadRequest request) {
        return new RangeReader(client, request.location()).current();
    }

    /// Refuses a load beside `served` for which there isn't enough memory.
    ///
    /// @throws FleetException `not_enough_memory`
    void requireMemoryBeside(LoadedTable served, LoadRequest request) {
        long limit = served.database().withSession(MemoryLimit::of);
        ReloadMemory.require(served, currentVersion(request).bytes(), limit, new AvailableMemory().bytes());
    }

    private LoadedTable loadOnce(LoadRequest request, LoadMeter meter) {
        Instant start = clock.instant();
        DuckDb database = DuckDb.inMemory(settings.withTempDirectory(scratch.newFile("spill")));
        try {
            ObjectVersion version = fill(database, request, meter);
            database.lock(List.of(scratch.path() + "/"));
            Instant end = clock.instant();
            return LoadedTable.of(
                    database,
                    request.tableName(),
                    new TableSource(
                            request.location().toString(),
                            version.etag(),
                            version.bytes(),
                            end,
                            Duration.between(start, end)));
        } catch (RuntimeException e) {
            database.close();
            throw explain(request.location(), e);
        } catch (IOException e) {
            database.close();
            throw explain(request.location(), e);
        }
    }

    private ObjectVersion fill(DuckDb database, LoadRequest request, LoadMeter meter) throws IOException {
        try {
            return fillByChunks(database, request, meter);
        } catch (CsvMismatchException e) {
            LOG.infof("%s is read as a whole, as its parts don't agree: %s", request.location(), firstLine(e));
            return fillAtOnce(database, request, meter);
        }
    }

    /// Chunks are inserted by threads of ours, each of which runs its statement alone: DuckDB's own threads
    /// would only wait for one another, which costs a quarter more.
    private ObjectVersion fillByChunks(DuckDb database, LoadRequest request, LoadMeter meter) throws IOException {
        setThreads(database, 1);
        try (RangedDownload download = RangedDownload.start(client, request.location(), meter);
                InputStream plain = Compression.inflate(download)) {
            new CsvLoad(database, request.tableName(), scratch, meter, Math.min(MOST_PARALLEL, threads()), chunkBytes)
                    .run(plain);
            return download.version();
        } finally {
            setThreads(database, threads());
        }
    }

    private static void setThreads(DuckDb database, int count) {
        database.withSession(session -> {
            session.execute("SET GLOBAL threads = " + count);
            return true;
        });
    }

    private ObjectVersion fillAtOnce(DuckDb database, LoadRequest request, LoadMeter meter) throws IOException {
        Path file = scratch.newFile("object");
        try (RangedDownload download = RangedDownload.start(client, request.location(), meter);
                Session session = database.open()) {
            session.execute("DROP TABLE IF EXISTS " + request.tableName().quoted());
            WholeFile.save(download, file);
            WholeFile.read(session, request.tableName(), file);
            return download.version();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private int threads() {
        return settings.threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    private static RuntimeException explain(S3Location location, RuntimeException error) {
        return switch (error) {
            case LoadException explained -> explained;
            case ObjectChangedException changed -> changed;
            case EmptyFileException empty ->
                new LoadException("%s is empty; a CSV file was expected".formatted(location), empty);
            case FleetException duckDb
            when duckDb.code() == ErrorCode.MEMORY_LIMIT ->
                new LoadException(
                        "%s doesn't fit into the memory that DuckDB may use: %s".formatted(location, firstLine(duckDb)),
                        duckDb);
            case FleetException duckDb ->
                new LoadException("%s can't be read as CSV: %s".formatted(location, firstLine(duckDb)), duckDb);
            default -> new LoadException("%s can't be loaded: %s".formatted(location, error), error);
        };
    }

    private static LoadException explain(S3Location location, IOException error) {
        return switch (error) {
            case EOFException broken ->
                new LoadException("%s is broken: %s".formatted(location, broken.getMessage()), broken);
            case ZipException broken ->
                new LoadException("%s is broken: %s".formatted(location, broken.getMessage()), broken);
            case ZstdIOException broken ->
                new LoadException("%s is broken: %s".formatted(location, broken.getMessage()), broken);
            default -> new LoadException("%s can't be loaded: %s".formatted(location, error), error);
        };
    }

    private static String firstLine(RuntimeException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
