package io.duckfleet.sidecar.lake;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps DuckLake's memory of the lake's schema while a transaction changes tables. What a transaction has
/// changed refers to that memory until its end, but DuckLake (1.5.5, github.com/duckdb/ducklake/issues/1248)
/// holds it for the time of one statement only: once another session has read the same schema again, or
/// memory runs short, the transaction reads what has been freed, and the process may end
/// (docs/decisions/037). A second session that has a statement bound holds it for longer.
///
/// To be closed after the transaction has ended; opens nothing unless something is changed. Not thread-safe.
public final class SchemaPin implements AutoCloseable {

    /// Each time that a schema is read it has another `oid`; none comes back.
    private static final String MEMORY =
            "SELECT oid FROM duckdb_schemas() WHERE database_name = 'lake' AND schema_name = 'data'";

    private static final String LOST = "the lake's schema was read again while a table was changed";

    private final Supplier<Session> sessions;
    private @Nullable Session keeper;
    private long kept;

    SchemaPin(Supplier<Session> sessions) {
        this.sessions = sessions;
    }

    /// Runs `statement`, which changes a table of the lake, within the session's transaction.
    ///
    /// @throws FleetException that [#isLost] knows, if what the change refers to can't be kept; the
    /// transaction must be rolled back then, and may be repeated
    public void change(Session session, String statement) {
        if (keeper == null) {
            keep();
        }
        session.execute(statement);
        if (session.queryLong(MEMORY) != kept) {
            throw new FleetException(ErrorCode.INTERNAL, LOST);
        }
    }

    /// Whether an error says that a change was overtaken in this way.
    public static boolean isLost(FleetException error) {
        return error.detail().equals(LOST);
    }

    /// Binds a statement to the same memory and doesn't run it: what was bound is held until the session's
    /// next statement ends.
    private void keep() {
        Session session = sessions.get();
        keeper = session;
        session.begin();
        kept = session.queryLong(MEMORY);
        boolean _ = session.bind("SELECT 1 FROM lake.duckfleet.rejected", columns -> true);
    }

    @Override
    public void close() {
        Session session = keeper;
        keeper = null;
        if (session != null) {
            session.close();
        }
    }
}
