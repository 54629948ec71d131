package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeSettings;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The coordinator's own DuckDB. A lake can't be attached once an instance is locked, and an instance that
/// met an internal error is poisoned; so instances are replaced under way, see [Replaceable]. Thread-safe.
public final class LocalDatabase implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalDatabase.class);

    private static final String NOT_YET = "it has not been attached yet; try again in a moment";

    private final DuckDbSettings settings;
    private final Optional<LakeSettings> lake;
    private final Replaceable<LocalInstance> instances = new Replaceable<>();
    private volatile String lakeProblem;

    public LocalDatabase(DuckDbSettings settings, Optional<LakeSettings> lake) {
        this.settings = settings;
        this.lake = lake;
        this.lakeProblem = lake.isPresent() ? NOT_YET : "";
    }

    public boolean hasLakeConfigured() {
        return lake.isPresent();
    }

    /// Why the lake isn't attached; empty when it is, or when none is configured.
    public String lakeProblem() {
        return lakeProblem;
    }

    /// A session of the current instance, to be closed by the caller.
    public LocalSession open() {
        Replaceable.Lease<LocalInstance> lease = instances.lease(this::withoutLake);
        try {
            return new LocalSession(lease, lease.resource().database().open());
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
                instances.replace(LocalInstance.open(settings, lake));
                lakeProblem = "";
                LOG.infof("lake attached: %s", lake.get());
            }
        } catch (FleetException e) {
            tellLakeProblem(e);
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
        return LocalInstance.open(settings, Optional.empty());
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

        private LocalSession(Replaceable.Lease<LocalInstance> lease, Session session) {
            this.lease = lease;
            this.session = session;
        }

        public Session session() {
            return session;
        }

        public boolean lakeAttached() {
            return lease.resource().lakeAttached();
        }

        @Override
        public void close() {
            try (lease) {
                session.close();
            }
        }
    }
}
