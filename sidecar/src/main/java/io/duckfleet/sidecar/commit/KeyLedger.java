package io.duckfleet.sidecar.commit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.CatalogDatabase;
import io.duckfleet.sidecar.lake.Lake;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Which batches are in the lake: their keys, which commit with the rows or not at all; of two commits with
/// one key one fails, whichever sidecar it comes from. They are in the catalog, where a trigger writes them,
/// or in the lake itself where the catalog allows no trigger. Thread-safe.
public final class KeyLedger {

    /// What a commit fails with whose keys are in the ledger already. DuckLake repeats commits whose error
    /// speaks of conflicts or uniqueness: this doesn't.
    static final String REPEATED = "DF_DUPLICATE_BATCH";

    private static final Logger LOG = Logger.getLogger(KeyLedger.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final CatalogKeys catalogKeys;
    private volatile Optional<KeyStore> opened = Optional.empty();

    public KeyLedger(CatalogDatabase catalog) {
        this.catalogKeys = new CatalogKeys(catalog);
    }

    private KeyStore keys() {
        return opened.orElse(catalogKeys);
    }

    /// Where the keys are.
    public enum Place {
        CATALOG,
        LAKE
    }

    /// Where the keys are; not known before the lake was opened.
    public Optional<Place> place() {
        return opened.map(KeyStore::place);
    }

    /// A batch that is in the lake.
    public record Entry(UUID batchId, String content, long snapshotId, List<DayRows> days) {
        public Entry {
            days = List.copyOf(days);
        }
    }

    /// Decides where the keys are, and makes what that needs. A lake whose keys are in the lake stays so,
    /// as all its sidecars have to look at one place. The lake's own tables must be there, `connection` in
    /// a transaction in which no other sidecar does the same.
    void open(Lake lake, Session session, Connection connection) throws SQLException {
        if (!LakeKeys.isIn(session) && catalogKeys.create(connection)) {
            opened = Optional.of(catalogKeys);
            return;
        }
        LakeKeys.prepare(session);
        if (opened.isEmpty()) {
            LOG.warn(
                    "the catalog's user may make no trigger, so the keys of batches are kept in the lake: each commit writes one more file, and large ones hold up the small");
        }
        opened = Optional.of(new LakeKeys(lake));
    }

    /// Whether commits of this sidecar should be made one after the other, as those that come between fail
    /// one another.
    boolean wantsTurns() {
        return keys().wantsTurns();
    }

    /// To be called first in the transaction that commits `batches`.
    ///
    /// @throws FleetException with [#REPEATED] if one of them is seen to be in the lake already, where the
    /// COMMIT wouldn't tell
    void refuseRepeats(Session session, Collection<Batch> batches) {
        if (keys().anyRepeated(session, batches)) {
            throw new FleetException(ErrorCode.INTERNAL, REPEATED).with(GroupCommit.UNCLEAR, true);
        }
    }

    /// Lets the session's transaction carry the keys of `batches`, with what it was told to do.
    void write(Session session, String message, Map<Batch, List<DayRows>> batches) {
        String info = extraInfo(batches);
        keys().add(session, info);
        session.execute("CALL lake.set_commit_message(?, ?, extra_info => ?)", "duckfleet-sidecar", message, info);
    }

    /// The snapshot that has a batch, where its key tells that sooner than DuckLake does, unless the key
    /// was to be forgotten at once.
    Optional<Long> snapshotOf(Batch batch) {
        return keys().snapshotOf(batch);
    }

    /// The batch that was committed to `table` under `key`, if there is one.
    public Optional<Entry> find(TableName table, BatchKey key) {
        return keys().find(table, key);
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

    /// Which of the keys `texts` are in the ledger for `table`, each with the hash of what was committed
    /// under it.
    public Map<String, String> contents(TableName table, Collection<String> texts) {
        return keys().contents(table, texts);
    }

    /// Forgets the keys `texts` before their time, which nobody will ask for again.
    public void forget(TableName table, Collection<String> texts) {
        keys().forget(table, texts);
    }

    /// Forgets the keys whose time is over; gives how many.
    public int prune() {
        return keys().prune();
    }

    /// The `extra_info` of a commit with these batches.
    private static String extraInfo(Map<Batch, List<DayRows>> batches) {
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

    /// A table as keys have it.
    static String nameOf(TableName table) {
        return table.text().toLowerCase(Locale.ROOT);
    }
}
