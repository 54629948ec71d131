package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.datanode.table.FilledTable;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.ShardOfTable;
import io.duckfleet.datanode.table.TableSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;

/// Loads the tables of a node into a DuckDB of their own that is locked afterwards.
public final class TableLoader {

    private static final Logger LOG = Logger.getLogger(TableLoader.class);

    private static final int ATTEMPTS = 3;
    private static final int MOST_PARALLEL = 8;

    /// Large enough that DuckDB can take over whole row groups of usual records, small enough that a few fit
    /// into memory beside the table.
    private static final int LARGEST_CHUNK = 16 << 20;

    /// In a small heap chunks are smaller, as there are several at a time, in bytes and in columns.
    private static final int CHUNKS_OF_HEAP = 32;

    private static final String SIZE = """
            SELECT coalesce(sum(memory_usage_bytes + temporary_storage_bytes), 0)::BIGINT
            FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'""";

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

    /// The objects as tables, one after another. It takes as long as that takes; where objects are
    /// overwritten meanwhile, all are read anew.
    ///
    /// @throws LoadException if it can't be
    public LoadedTables load(LoadRequests requests, LoadMeter meter) {
        for (int attempt = 1; ; attempt++) {
            try {
                return loadOnce(requests, meter);
            } catch (ObjectChangedException e) {
                if (attempt == ATTEMPTS) {
                    throw new LoadException(e.getMessage() + " again and again", e);
                }
                LOG.infof("%s; it is read anew", e.getMessage());
            }
        }
    }

    /// What is there now for this node to load, for each of its tables.
    ///
    /// @throws LoadException if there is nothing, or it can't be told
    List<ObjectSet> current(LoadRequests requests) {
        return requests.all().stream().map(request -> plan(request).objects()).toList();
    }

    /// Refuses a load beside `served` for which there isn't enough memory.
    ///
    /// @throws io.duckfleet.common.errors.FleetException `not_enough_memory`
    void requireMemoryBeside(LoadedTables served, LoadRequests requests) {
        long limit = served.database().withSession(MemoryLimit::of);
        long bytes = current(requests).stream().mapToLong(ObjectSet::bytes).sum();
        ReloadMemory.require(served, bytes, limit, new AvailableMemory().bytes());
    }

    private LoadPlan plan(LoadRequest request) {
        try {
            return LoadPlan.of(request, new ObjectFinder(client).find(request.source()));
        } catch (RuntimeException e) {
            throw LoadErrors.explain(request, e);
        }
    }

    private LoadedTables loadOnce(LoadRequests requests, LoadMeter meter) {
        DuckDb database = DuckDb.inMemory(settings.withTempDirectory(scratch.newFile("spill")));
        try {
            List<LoadPlan> plans = requests.all().stream().map(this::plan).toList();
            meter.begin(plans.stream().mapToLong(plan -> plan.objects().bytes()).sum());
            List<FilledTable> filled = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                filled.add(fillOne(database, requests.all().get(i), plans.get(i), meter));
            }
            database.lock(List.of(scratch.path() + "/"));
            return LoadedTables.of(database, filled);
        } catch (RuntimeException e) {
            database.close();
            throw LoadErrors.explain(requests.all().getFirst(), e);
        }
    }

    private FilledTable fillOne(DuckDb database, LoadRequest request, LoadPlan plan, LoadMeter meter) {
        Instant start = clock.instant();
        long before = size(database);
        try {
            meter.beginTable();
            fill(database, request, plan, meter);
        } catch (RuntimeException e) {
            throw LoadErrors.explain(request, e);
        } catch (IOException e) {
            throw LoadErrors.explain(request, e);
        }
        long bytes = Math.max(0, size(database) - before);
        return new FilledTable(request.tableName(), source(request, plan, start, clock.instant()), bytes);
    }

    private static long size(DuckDb database) {
        return database.withSession(session -> session.queryLong(SIZE));
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
        meter.beginTableAnew();
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
