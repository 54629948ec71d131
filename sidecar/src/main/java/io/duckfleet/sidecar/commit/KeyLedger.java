package io.duckfleet.sidecar.commit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which batches are in the lake: a Postgres table beside DuckLake's own, with the batches' keys as primary
/// key. Nothing here writes to it; DuckLake's commit does, in its own Postgres transaction: the keys travel
/// in the commit message's `extra_info`, and a trigger on `ducklake_snapshot_changes` puts them into the
/// table. So the keys commit with the rows or not at all, and of two commits with one key one fails,
/// whichever sidecar it comes from.
public final class KeyLedger {

    /// What a commit fails with whose keys are in the ledger already. DuckLake repeats commits whose error
    /// speaks of conflicts or uniqueness: this doesn't.
    static final String REPEATED = "DF_DUPLICATE_BATCH";

    private static final String TABLE = "duckfleet_key";
    private static final JsonFactory JSON = new JsonFactory();

    private final CatalogDatabase catalog;

    public KeyLedger(CatalogDatabase catalog) {
        this.catalog = catalog;
    }

    /// A batch that is in the lake.
    public record Entry(UUID batchId, String content, long snapshotId, List<DayRows> days) {
        public Entry {
            days = List.copyOf(days);
        }
    }

    /// Makes table and trigger if they are missing. The lake's own tables must be there.
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS %s (
                        table_name text, key text, batch_id uuid NOT NULL, content text NOT NULL, snapshot_id bigint NOT NULL, days jsonb NOT NULL,
                        committed_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL, PRIMARY KEY (table_name, key))
                    """.formatted(catalog.qualified(TABLE)));
            statement.execute("CREATE INDEX IF NOT EXISTS duckfleet_key_expires_at ON %s (expires_at)"
                    .formatted(catalog.qualified(TABLE)));
            statement.execute(
                    """
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
                    """.formatted(catalog.qualified("duckfleet_remember_keys"), catalog.qualified(TABLE), REPEATED));
            if (!hasTrigger(statement)) {
                statement.execute(
                        "CREATE TRIGGER duckfleet_remember_keys AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
                                .formatted(
                                        catalog.qualified("ducklake_snapshot_changes"),
                                        catalog.qualified("duckfleet_remember_keys")));
            }
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

    /// The batch that was committed to `table` under `key`, if there is one.
    public Optional<Entry> find(TableName table, BatchKey key) {
        return catalog.with(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT batch_id, content, snapshot_id, (d ->> 0)::date, (d ->> 1)::bigint
                    FROM %s LEFT JOIN LATERAL jsonb_array_elements(days) d ON true WHERE table_name = ? AND key = ?
                    """.formatted(catalog.qualified(TABLE)))) {
                query.setString(1, nameOf(table));
                query.setString(2, key.text());
                try (ResultSet rows = query.executeQuery()) {
                    return entry(rows);
                }
            }
        });
    }

    /// The receipt of what was committed under the batch's key, if anything was: by this very batch, or by
    /// an earlier one.
    ///
    /// @throws FleetException `invalid_request` if the key was used for other content
    public Optional<Receipt> receiptOf(Batch batch, CommittedFiles files) {
        Optional<Entry> entry = find(batch.table(), batch.key());
        if (entry.isPresent() && !entry.get().content().equals(batch.key().content())) {
            throw FleetException.invalid(
                    "Idempotency-Key",
                    "was used for other content of table %s before; take a new one".formatted(batch.table()));
        }
        return entry.map(found -> new Receipt(
                found.snapshotId(),
                found.days(),
                GroupCommit.ofTable(files.of(found.snapshotId()), batch),
                !found.batchId().equals(batch.id())));
    }

    /// Which of `keys` are in the ledger for `table`, each with the hash of what was committed under it.
    public Map<String, String> contents(TableName table, Collection<String> keys) {
        return catalog.with(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT key, content FROM %s WHERE table_name = ? AND key = ANY (?)"
                            .formatted(catalog.qualified(TABLE)))) {
                query.setString(1, nameOf(table));
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

    /// Forgets keys before their time, which nobody will ask for again.
    public void forget(TableName table, Collection<String> keys) {
        catalog.with(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM %s WHERE table_name = ? AND key = ANY (?)".formatted(catalog.qualified(TABLE)))) {
                delete.setString(1, nameOf(table));
                delete.setArray(2, connection.createArrayOf("text", keys.toArray()));
                return delete.executeUpdate();
            }
        });
    }

    private static Optional<Entry> entry(ResultSet rows) throws SQLException {
        List<DayRows> days = new ArrayList<>();
        Optional<Entry> entry = Optional.empty();
        while (rows.next()) {
            Date day = rows.getDate(4);
            if (day != null) {
                days.add(new DayRows(day.toLocalDate(), rows.getLong(5)));
            }
            entry = Optional.of(new Entry(rows.getObject(1, UUID.class), rows.getString(2), rows.getLong(3), days));
        }
        return entry;
    }

    /// Forgets the keys whose time is over; gives how many.
    public int prune() {
        return catalog.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "DELETE FROM %s WHERE expires_at < now()".formatted(catalog.qualified(TABLE)));
            }
        });
    }

    /// The `extra_info` of a commit with these batches.
    static String extraInfo(Map<Batch, List<DayRows>> batches) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("df");
            for (Map.Entry<Batch, List<DayRows>> entry : batches.entrySet()) {
                Batch batch = entry.getKey();
                write(json, batch, batch.key(), entry.getValue());
                for (BatchKey key : batch.recordKeys()) {
                    write(json, batch, key, List.of());
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Batch batch, BatchKey key, List<DayRows> days) throws IOException {
        json.writeStartObject();
        json.writeStringField("t", nameOf(batch.table()));
        json.writeStringField("k", key.text());
        json.writeStringField("b", batch.id().toString());
        json.writeStringField("c", key.content());
        json.writeNumberField("s", key.remembered().toSeconds());
        json.writeArrayFieldStart("d");
        for (DayRows day : days) {
            json.writeStartArray();
            json.writeString(day.day().toString());
            json.writeNumber(day.rows());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String nameOf(TableName table) {
        return table.text().toLowerCase(Locale.ROOT);
    }
}
