package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.ShardOfTable;
import io.duckfleet.datanode.table.TableSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads objects, each into a DuckDB of its own that is locked afterwards.
public final class TableLoader {

    private static final Logger LOG = Logger.getLogger(TableLoader.class);

    private static final int ATTEMPTS = 3;
    private static final int MOST_PARALLEL = 8;

    /// Large enough that DuckDB can take over whole row groups of usual records, small enough that a few fit
    /// into memory beside the table.
    private static final int LARGEST_CHUNK = 16 << 20;

    /// In a small heap chunks are smaller, as there are several at a time, in bytes and in columns.
    private static final int CHUNKS_OF_HEAP = 32;

    private final S3Client client;
    private final DuckDbSettings settings;
    private final ScratchDirectory scratch;
    private final Clock clock;
    private final int chunkBytes;

    public TableLoader(S3Client client, DuckDbSettings settings, ScratchDirectory scratch, Clock clock) {
        this(client, settings, scratch, clock, (int)
                Math.min(LARGEST_CHUNK, Runtime.getRuntime().maxMemory() / CHUNKS_OF_HEAP));
    }

    TableLoader(S3Client client, DuckDbSettings settings, ScratchDirectory scratch, Clock clock, int chunkBytes) {
        this.client = client;
        this.settings = settings;
        this.scratch = scratch;
        this.clock = clock;
        this.chunkBytes = chunkBytes;
    }

    /// The objects as a table. It takes as long as that takes; objects that are overwritten meanwhile are
    /// read anew.
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

    /// What is there now for this node to load.
    ///
    /// @throws LoadException if there is nothing, or it can't be told
    ObjectSet current(LoadRequest request) {
        return plan(request).objects();
    }

    /// Refuses a load beside `served` for which there isn't enough memory.
    ///
    /// @throws io.duckfleet.common.errors.FleetException `not_enough_memory`
    void requireMemoryBeside(LoadedTable served, LoadRequest request) {
        long limit = served.database().withSession(MemoryLimit::of);
        ReloadMemory.require(served, current(request).bytes(), limit, new AvailableMemory().bytes());
    }

    private LoadPlan plan(LoadRequest request) {
        return LoadPlan.of(request, new ObjectFinder(client).find(request.source()));
    }

    private LoadedTable loadOnce(LoadRequest request, LoadMeter meter) {
        Instant start = clock.instant();
        DuckDb database = DuckDb.inMemory(settings.withTempDirectory(scratch.newFile("spill")));
        try {
            LoadPlan plan = plan(request);
            fill(database, request, plan, meter);
            database.lock(List.of(scratch.path() + "/"));
            Instant end = clock.instant();
            return LoadedTable.of(database, request.tableName(), source(request, plan, start, end));
        } catch (RuntimeException e) {
            database.close();
            throw LoadErrors.explain(request, e);
        } catch (IOException e) {
            database.close();
            throw LoadErrors.explain(request, e);
        }
    }

    private static TableSource source(LoadRequest request, LoadPlan plan, Instant start, Instant end) {
        return new TableSource(
                request.source().toString(),
                plan.objects().etag(),
                plan.objects().bytes(),
                end,
                Duration.between(start, end),
                request.shard().map(shard -> new ShardOfTable(shard.index(), shard.count(), shard.by())));
    }

    private void fill(DuckDb database, LoadRequest request, LoadPlan plan, LoadMeter meter) throws IOException {
        FileFormat format = formatOf(plan.objects().objects().getFirst());
        request.options().require(format);
        if (format != FileFormat.CSV || request.options().needWholeFile()) {
            fillAtOnce(database, request, plan, format, meter);
            return;
        }
        try {
            fillByChunks(database, request, plan, meter);
        } catch (CsvMismatchException e) {
            LOG.infof("%s is read as a whole, as its parts don't agree: %s", request.source(), LoadErrors.firstLine(e));
            fillAtOnce(database, request, plan, format, meter);
        }
    }

    private FileFormat formatOf(ObjectVersion object) {
        try {
            long end = Math.min(object.bytes(), FormatDetection.HEAD_BYTES);
            byte[] head = new RangeReader(client, object.location()).read(object, 0, end);
            return FormatDetection.of(head, object.location().key());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("the load was stopped", e);
        }
    }

    /// Chunks are inserted by threads of ours, each of which runs its statement alone: DuckDB's own threads
    /// would only wait for one another, which costs a quarter more.
    private void fillByChunks(DuckDb database, LoadRequest request, LoadPlan plan, LoadMeter meter) throws IOException {
        meter.begin(plan.objects().bytes());
        setThreads(database, 1);
        try {
            new CsvLoad(database, scratch, request, plan, meter, chunkBytes)
                    .run(client, Math.min(MOST_PARALLEL, threads()));
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

    private void fillAtOnce(DuckDb database, LoadRequest request, LoadPlan plan, FileFormat format, LoadMeter meter)
            throws IOException {
        meter.begin(plan.objects().bytes());
        try (ScratchDirectory disk = ScratchDirectory.onDisk("objects");
                WholeFiles files =
                        new WholeFiles(request, plan, format, disk.path().resolve("files"));
                Session session = database.open()) {
            session.execute("DROP TABLE IF EXISTS " + request.tableName().quoted());
            files.save(client, meter);
            files.read(session);
        }
    }

    private int threads() {
        return settings.threads().orElse(Runtime.getRuntime().availableProcessors());
    }
}
