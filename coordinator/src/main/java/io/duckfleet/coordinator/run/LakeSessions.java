package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.duckdb.SessionWork;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.lake.LakeSchema;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.LocalDatabase.LocalSession;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lends sessions that have the lake attached. Thread-safe.
public final class LakeSessions {

    private final LocalDatabase database;

    public LakeSessions(LocalDatabase database) {
        this.database = database;
    }

    /// Lends a session for the time of `work`.
    ///
    /// @throws FleetException `lake_not_configured`, or `catalog_unreachable` while the lake is away
    public <T> T read(LakeWork<T> work) {
        return withSession(
                session -> work.run(session.session(), session.lakeSchema().tables()));
    }

    /// Lends a session for the time of `work`, which needs no list of the lake's tables.
    ///
    /// @throws FleetException `lake_not_configured`, or `catalog_unreachable` while the lake is away
    public <T> T ask(SessionWork<T> work) {
        return withSession(session -> work.run(session.session()));
    }

    /// The lake's tables, as they are now.
    ///
    /// @throws FleetException `lake_not_configured`, or `catalog_unreachable` while the lake is away
    public LakeSchema schema() {
        return withSession(LocalSession::lakeSchema);
    }

    private <T> T withSession(Function<LocalSession, T> work) {
        requireLake();
        try (LocalSession session = database.open()) {
            if (!session.lakeAttached()) {
                throw new FleetException(
                        ErrorCode.CATALOG_UNREACHABLE, "the lake can't be read: " + database.lakeProblem());
            }
            return translating(() -> work.apply(session));
        }
    }

    /// What is done with a lent session, and with the lake's tables as they are now.
    @FunctionalInterface
    public interface LakeWork<T> {

        T run(Session session, List<TableShape> tables);
    }

    /// Makes sure that there is a lake at all.
    ///
    /// @throws FleetException `lake_not_configured`
    public void requireLake() {
        if (!database.hasLakeConfigured()) {
            throw new FleetException(
                    ErrorCode.LAKE_NOT_CONFIGURED,
                    "this needs a lake, and none is configured; set CATALOG_HOST, or \"lake\" of config.json");
        }
    }

    /// What DuckDB tells of a catalog that is out of reach is for the log, not for callers.
    static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (FleetException e) {
            if (e.code() != ErrorCode.STORAGE_UNREACHABLE) {
                throw e;
            }
            throw new FleetException(
                    ErrorCode.CATALOG_UNREACHABLE,
                    "the lake's catalog can't be reached; tables on nodes can be queried meanwhile",
                    e);
        }
    }
}
