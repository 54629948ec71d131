package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.lake.LakeTables;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// The coordinator's own DuckDB. A lake can't be attached once an instance is locked, and an instance that
/// met an internal error is poisoned; so instances are replaced under way, see [Replaceable]. Thread-safe.
public final class LocalDatabase implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalDatabase.class);

    private static final String NOT_YET = "it has not been attached yet; try again in a moment";

    /// Bytes that are cached of fragments may be this part of DuckDB's memory limit.
    private static final int PART_FOR_CACHED_FRAGMENTS = 8;

    private final DuckDbSettings settings;
    private final Path scratch;
    private final Optional<LakeSettings> lake;
    private final LakeTables lakeTables;
    private final Replaceable<LocalInstance> instances = new Replaceable<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile String lakeProblem;

    /// Instances spill to the folder of `settings`, and may read and write files in `scratch`.
    public LocalDatabase(DuckDbSettings settings, Path scratch, Optional<LakeSettings> lake) {
        this.settings = settings;
        this.scratch = scratch;
        this.lake = lake;
        this.lakeTables =
                new LakeTables(lake.map(known -> known.catalog().schema()).orElse(""));
        this.lakeProblem = lake.isPresent() ? NOT_YET : "";
    }

    public boolean hasLakeConfigured() {
        return lake.isPresent();
    }

    /// Why the lake isn't attached; empty when it is, or when none is configured.
    public String lakeProblem() {
        return lakeProblem;
    }

    /// DuckDB's memory limit, in bytes.
    public long memoryLimit() {
        try (LocalSession session = open()) {
            return MemoryText.bytes(session.session().queryText("SELECT current_setting('memory_limit')"));
        }
    }

    /// How many threads DuckDB has.
    long threads() {
        try (LocalSession session = open()) {
            return session.session().queryLong("SELECT current_setting('threads')::BIGINT");
        }
    }

    /// The memory that DuckDB holds now, in bytes.
    long memoryInUse() {
        try (LocalSession session = open()) {
            return session.session()
                    .queryLong("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()");
        }
    }

    /// How many sessions are on loan.
    public int sessions() {
        return sessions.get();
    }

    /// A session of the current instance, to be closed by the caller.
    public LocalSession open() {
        Replaceable.Lease<LocalInstance> lease = instances.lease(this::withoutLake);
        try {
            LocalSession session =
                    new LocalSession(lease, lease.resource().database().open(), lakeTables, sessions);
            sessions.incrementAndGet();
            return session;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /// Attaches the lake if that hasn't been possible so far.
    public void attachLake() {
        if (lake.isEmpty()) {
            return;
        }
        try (LocalSession now = open()) {
            if (!now.lakeAttached()) {
                instances.replace(LocalInstance.open(settings, scratch, lake));
                lakeProblem = "";
                LOG.infof("lake attached: %s", lake.get());
            }
        } catch (FleetException e) {
            tellLakeProblem(e);
        }
    }

    /// Replaces an instance that holds much of fragments that are gone: DuckDB caches what it reads of files,
    /// for the lake's sake, and forgets nothing before its memory is full.
    public void dropCachedFragments() {
        if (lake.isEmpty()) {
            return;
        }
        try (LocalSession now = open()) {
            long cached = now.lease.resource().cachedOf(scratch);
            if (cached > memoryLimit() / PART_FOR_CACHED_FRAGMENTS) {
                LOG.infof("the local DuckDB caches %,d bytes of fragments that are gone and is replaced", cached);
                instances.replace(LocalInstance.open(settings, scratch, lake));
            }
        } catch (FleetException e) {
            LOG.warnf("cached fragments stay for now: %s", e.detail());
        }
    }

    /// Replaces the instance of `poisoned`, if it is still the current one.
    void rebuild(LocalSession poisoned) {
        if (instances.isCurrent(poisoned.lease)) {
            LOG.error("the local DuckDB met an internal error and is replaced");
            instances.replace(withoutLake());
            attachLake();
        }
    }

    @Override
    public void close() {
        instances.close();
    }

    private LocalInstance withoutLake() {
        return LocalInstance.open(settings, scratch, Optional.empty());
    }

    private void tellLakeProblem(FleetException problem) {
        if (lakeProblem.isEmpty() || lakeProblem.equals(NOT_YET)) {
            LOG.warnf("the lake can't be attached yet: %s", problem.detail());
        }
        lakeProblem = problem.detail();
    }

    /// A session on loan; closing it gives it back with everything that it made.
    public static final class LocalSession implements AutoCloseable {

        private final Replaceable.Lease<LocalInstance> lease;
        private final Session session;
        private final LakeTables lakeTables;
        private final AtomicInteger sessions;

        private LocalSession(
                Replaceable.Lease<LocalInstance> lease,
                Session session,
                LakeTables lakeTables,
                AtomicInteger sessions) {
            this.lease = lease;
            this.session = session;
            this.lakeTables = lakeTables;
            this.sessions = sessions;
        }

        public Session session() {
            return session;
        }

        public boolean lakeAttached() {
            return lease.resource().lakeAttached();
        }

        /// The attached lake's tables, as they are now.
        public LakeSchema lakeSchema() {
            return lakeTables.read(session);
        }

        @Override
        public void close() {
            try (lease) {
                session.close();
            } finally {
                sessions.decrementAndGet();
            }
        }
    }
}
