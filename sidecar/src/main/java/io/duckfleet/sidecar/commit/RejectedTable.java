package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// The lake table `duckfleet.rejected`: records that were left out of their batches, with the reason. It
/// stands in a schema of its own, so it is no user's table.
public final class RejectedTable {

    private RejectedTable() {}

    /// Makes the table if it is missing.
    public static void create(Session session) {
        session.execute("CREATE SCHEMA IF NOT EXISTS lake.duckfleet");
        session.execute("""
                CREATE TABLE IF NOT EXISTS lake.duckfleet.rejected (
                    rejected_at TIMESTAMPTZ, table_name VARCHAR, index BIGINT, field VARCHAR, reason VARCHAR, record VARCHAR)
                """);
    }

    /// Keeps what was left out of `batch`, within the session's transaction.
    static void keep(Session session, Batch batch) {
        if (batch.rejected().isEmpty()) {
            return;
        }
        session.execute(
                """
                INSERT INTO lake.duckfleet.rejected
                SELECT ?::TIMESTAMPTZ, ?, unnest(?::BIGINT[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[])
                """,
                batch.receivedAt().toString(),
                batch.table().text(),
                texts(session, batch, kept -> Integer.toString(kept.rejection().index())),
                texts(session, batch, kept -> kept.rejection().field()),
                texts(session, batch, kept -> kept.rejection().reason()),
                texts(session, batch, KeptRecord::text));
    }

    private static Array texts(Session session, Batch batch, Function<KeptRecord, String> part) {
        List<String> texts = batch.rejected().stream().map(part).toList();
        try {
            return session.connection().createArrayOf("VARCHAR", texts.toArray());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
