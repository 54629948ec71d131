package io.duckfleet.sidecar.lake;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.lake.LakeSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one DuckDB instance that has the lake attached. It is opened when it is first needed, and again
/// after an error that leaves it unusable; so neither catalog nor S3 must be there when the service starts.
/// Thread-safe.
public final class Lake implements AutoCloseable {

    /// Half of DuckDB's standard: for a single record all columns of its row group are read, and aggregates
    /// take no longer (docs/decisions/045).
    private static final int ROW_GROUP_ROWS = 61_440;

    private static final Logger LOG = Logger.getLogger(Lake.class);
    private static final long RETRY_AFTER_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_ATTEMPTS = 5;
    private static final Set<String> POISON = Set.of("INTERNAL", "FATAL", "Internal", "Fatal");

    private final LakeSettings settings;
    private final DuckDbSettings duckDbSettings;
    private final CatalogDatabase catalog;
    private final Bucket bucket;
    private final Setup setup;
    private final KeptFiles files;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable DuckDb open;
    private boolean openedBefore;
    private Optional<FleetException> lastFailure = Optional.empty();
    private long failedAt;

    /// `setup` makes what DuckLake itself doesn't.
    public Lake(
            LakeSettings settings, DuckDbSettings duckDbSettings, CatalogDatabase catalog, Bucket bucket, Setup setup) {
        this.settings = settings;
        this.duckDbSettings = duckDbSettings;
        this.catalog = catalog;
        this.bucket = bucket;
        this.setup = setup;
        this.files = new KeptFiles(settings.s3());
    }

    /// What is made in a lake beside DuckLake's own tables.
    @FunctionalInterface
    public interface Setup {

        /// Makes what is missing, in the lake itself and in the catalog's Postgres, whose tables are there by
        /// then. What `connection`'s transaction, in which no other sidecar does the same, has locked in
        /// Postgres the session must not need any more. Must bear being repeated.
        void apply(Lake lake, Session session, Connection connection) throws SQLException;
    }

    /// A session of its own on the lake, to be closed by the caller.
    ///
    /// @throws FleetException `not_ready` until the lake could be opened once, or an extension is missing;
    /// later `catalog_unreachable` or `storage_unreachable` if it has to be opened anew and can't
    public synchronized Session session() {
        DuckDb instance = open;
        if (instance == null) {
            instance = openedBefore ? attach() : attachFirst();
            open = instance;
            openedBefore = true;
        }
        Session session = instance.open();
        files.use(session);
        return session;
    }

    /// Ends the session's transaction with a COMMIT. When it fails, the transaction's files stay where they
    /// are, since it may have happened after all; if it has not, they are orphans for maintenance.
    public void commit(Session session) {
        files.commit(session);
    }

    /// Does `work` while nobody else does so in turn; within, the same thread may do it again.
    public <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    /// Lends a session for the time of `work`.
    public <T> T withSession(SessionWork<T> work) {
        try (Session session = session()) {
            return work.run(session);
        } catch (FleetException e) {
            closeIfPoisoned(e);
            throw e;
        }
    }

    /// Lends a session for the time of `work`, which is one transaction; see [#commit].
    public <T> T inTransaction(SessionWork<T> work) {
        return withSession(session -> {
            session.begin();
            T result = work.run(session);
            commit(session);
            return result;
        });
    }

    /// What changes of tables go through, see [SchemaPin].
    public SchemaPin schemaPin() {
        return new SchemaPin(this::session);
    }

    public LakeSettings settings() {
        return settings;
    }

    /// How its instance is opened.
    public DuckDbSettings duckDbSettings() {
        return duckDbSettings;
    }

    /// Whether the lake has been opened. It is opened by the first session.
    public synchronized boolean isOpen() {
        return open != null;
    }

    /// Closes the instance when `error` is one after which DuckDB can't go on; the next session opens it
    /// anew. Sessions that others hold fail.
    public void closeIfPoisoned(FleetException error) {
        if (POISON.contains(String.valueOf(error.extensions().get("duckdb_type")))) {
            LOG.errorf("DuckDB can't go on and is opened anew: %s", error.detail());
            close();
        }
    }

    @Override
    public synchronized void close() {
        DuckDb instance = open;
        open = null;
        if (instance != null) {
            instance.close();
        }
    }

    /// Until the lake has been there once, the service isn't ready; after that, a lake that is away is an
    /// error.
    private DuckDb attachFirst() {
        try {
            return attach();
        } catch (FleetException e) {
            throw new FleetException(ErrorCode.NOT_READY, "the lake isn't there yet: " + e.detail(), e);
        }
    }

    /// An attempt that fails may take seconds; those who waited for it get the same answer.
    private DuckDb attach() {
        Optional<FleetException> fresh =
                lastFailure.filter(failure -> System.nanoTime() - failedAt < RETRY_AFTER_NANOS);
        if (fresh.isPresent()) {
            throw fresh.get();
        }
        try {
            DuckDb instance = attachAlone();
            lastFailure = Optional.empty();
            return instance;
        } catch (FleetException e) {
            lastFailure = Optional.of(e);
            failedAt = System.nanoTime();
            throw e;
        }
    }

    /// Of two programs that make the same lake at once, DuckLake fails one. Sidecars make it one at a time,
    /// by a lock in Postgres; another program doesn't ask for that, but by the next attempt its lake is
    /// there.
    private DuckDb attachAlone() {
        bucket.ensure();
        for (int attempt = 1; ; attempt++) {
            try {
                return attachOnce();
            } catch (FleetException e) {
                if (attempt == MAX_ATTEMPTS || !e.detail().contains("already exists")) {
                    throw e;
                }
                LOG.info("another program makes the same lake; trying again");
            }
        }
    }

    private DuckDb attachOnce() {
        DuckDb instance = catalog.inTransaction(connection -> {
            lock(connection);
            DuckDb fresh = DuckDb.inMemory(duckDbSettings);
            try (Session session = fresh.open()) {
                attach(session);
                setup.apply(this, session, connection);
                return fresh;
            } catch (FleetException | SQLException e) {
                fresh.close();
                throw e;
            }
        });
        LOG.infof(
                "lake opened: files in %s on %s, catalog %s",
                settings.dataPath(), settings.s3().endpoint(), settings.catalog());
        return instance;
    }

    private static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('duckfleet.lake'))")) {
            lock.execute();
        }
    }

    private void attach(Session session) {
        LakeAttachment.readWrite(session, settings);
        files.prepare(session);
        session.execute("CALL lake.set_option('parquet_compression', 'zstd')");
        session.execute("CALL lake.set_option('parquet_row_group_size', %d)".formatted(ROW_GROUP_ROWS));
        session.execute("SET GLOBAL ducklake_max_retry_count = 100");
        session.execute("SET GLOBAL ducklake_retry_wait_ms = 5");
        session.execute("SET GLOBAL ducklake_retry_backoff = 1.1");
    }
}
