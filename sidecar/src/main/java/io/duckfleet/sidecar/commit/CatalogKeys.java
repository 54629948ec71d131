package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The keys in a Postgres table beside DuckLake's own, as its primary key. Nothing here writes to it;
/// DuckLake's commit does, in its own Postgres transaction: the keys travel in the commit message's
/// `extra_info`, and a trigger on `ducklake_snapshot_changes` puts them into the table.
final class CatalogKeys implements KeyStore {

    /// What Postgres says to who may not make a table, function or trigger, or has no such language.
    private static final Set<String> REFUSALS = Set.of("42501", "42704", "0A000");

    private static final String TABLE = "duckfleet_key";

    private final CatalogDatabase catalog;

    CatalogKeys(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    /// Makes table and trigger if they are missing and the catalog allows it; the lake's own tables must be
    /// there, and the connection in a transaction. Gives whether there is a trigger then, whoever made it.
    boolean create(Connection connection) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            create(statement);
            return true;
        } catch (SQLException e) {
            if (!REFUSALS.contains(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            try (Statement statement = connection.createStatement()) {
                return hasTrigger(statement);
            }
        }
    }

    private void create(Statement statement) throws SQLException {
        statement.execute("""
                CREATE TABLE IF NOT EXISTS %s (
                    table_name text, key text, batch_id uuid NOT NULL, content text NOT NULL, snapshot_id bigint NOT NULL, days jsonb NOT NULL,
                    committed_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, PRIMARY KEY (table_name, key))
                """.formatted(catalog.qualified(TABLE)));
        statement.execute("CREATE INDEX IF NOT EXISTS duckfleet_key_expires_at ON %s (expires_at)"
                .formatted(catalog.qualified(TABLE)));
        statement.execute("""
                CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF new.commit_extra_info LIKE '{"df":%%' THEN
                    BEGIN
                      INSERT INTO %s (table_name, key, batch_id, content, snapshot_id, days, expires_at)
                      SELECT x ->> 't', x ->> 'k', (x ->> 'b')::uuid, x ->> 'c', new.snapshot_id, x -> 'd', now() + make_interval(secs => (x ->> 's')::bigint)
                      FROM jsonb_array_elements(new.commit_extra_info::jsonb -> 'df') x;
                    EXCEPTION WHEN unique_violation THEN RAISE EXCEPTION '%s';
                    END;
                  END IF;
                  RETURN NULL;
                END $$
                """.formatted(
                        catalog.qualified("duckfleet_remember_keys"), catalog.qualified(TABLE), KeyLedger.REPEATED));
        if (!hasTrigger(statement)) {
            statement.execute(
                    "CREATE TRIGGER duckfleet_remember_keys AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
                            .formatted(
                                    catalog.qualified("ducklake_snapshot_changes"),
                                    catalog.qualified("duckfleet_remember_keys")));
        }
    }

    private boolean hasTrigger(Statement statement) throws SQLException {
        String table = Identifiers.literal(catalog.qualified("ducklake_snapshot_changes"));
        try (ResultSet rows = statement.executeQuery(
                "SELECT 1 FROM pg_trigger WHERE tgname = 'duckfleet_remember_keys' AND tgrelid = %s::regclass"
                        .formatted(table))) {
            return rows.next();
        }
    }

    @Override
    public KeyLedger.Place place() {
        return KeyLedger.Place.CATALOG;
    }

    @Override
    public boolean wantsTurns() {
        return false;
    }

    /// The trigger refuses them.
    @Override
    public boolean anyRepeated(Session session, Collection<Batch> batches) {
        return false;
    }

    /// The trigger writes them.
    @Override
    public void add(Session session, String extraInfo) {}

    /// In a tenth of the time that DuckLake takes.
    @Override
    public Optional<Long> snapshotOf(Batch batch) {
        return find(batch.table(), batch.key()).map(KeyLedger.Entry::snapshotId);
    }

    @Override
    public Optional<KeyLedger.Entry> find(TableName table, BatchKey key) {
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT batch_id, content, snapshot_id, (d ->> 0)::date, (d ->> 1)::bigint
                    FROM %s LEFT JOIN LATERAL jsonb_array_elements(days) d ON true WHERE table_name = ? AND key = ?
                    """.formatted(catalog.qualified(TABLE)))) {
                query.setString(1, KeyLedger.nameOf(table));
                query.setString(2, key.text());
                try (ResultSet rows = query.executeQuery()) {
                    return entry(rows);
                }
            }
        });
    }

    @Override
    public Map<String, String> contents(TableName table, Collection<String> keys) {
        return catalog.with(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT key, content FROM %s WHERE table_name = ? AND key = ANY (?)"
                            .formatted(catalog.qualified(TABLE)))) {
                query.setString(1, KeyLedger.nameOf(table));
                query.setArray(2, connection.createArrayOf("text", keys.toArray()));
                try (ResultSet rows = query.executeQuery()) {
                    Map<String, String> found = new HashMap<>();
                    while (rows.next()) {
                        found.put(rows.getString(1), rows.getString(2));
                    }
                    return found;
                }
            }
        });
    }

    @Override
    public void forget(TableName table, Collection<String> keys) {
        catalog.with(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM %s WHERE table_name = ? AND key = ANY (?)".formatted(catalog.qualified(TABLE)))) {
                delete.setString(1, KeyLedger.nameOf(table));
                delete.setArray(2, connection.createArrayOf("text", keys.toArray()));
                return delete.executeUpdate();
            }
        });
    }

    private static Optional<KeyLedger.Entry> entry(ResultSet rows) throws SQLException {
        List<DayRows> days = new ArrayList<>();
        Optional<KeyLedger.Entry> entry = Optional.empty();
        while (rows.next()) {
            Date day = rows.getDate(4);
            if (day != null) {
                days.add(new DayRows(day.toLocalDate(), rows.getLong(5)));
            }
            entry = Optional.of(
                    new KeyLedger.Entry(rows.getObject(1, UUID.class), rows.getString(2), rows.getLong(3), days));
        }
        return entry;
    }

    @Override
    public int prune() {
        return catalog.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "DELETE FROM %s WHERE expires_at < now()".formatted(catalog.qualified(TABLE)));
            }
        });
    }
}
