package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.TableName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Where the ledger's keys are. Every method throws a [FleetException] `catalog_unreachable` when that can't
/// be asked.
sealed interface KeyStore permits CatalogKeys, LakeKeys {

    KeyLedger.Place place();

    /// Whether a sidecar's commits should be made one after the other, as those that come between fail one
    /// another.
    boolean wantsTurns();

    /// Whether any key of `batches` is seen to be in the lake already, or is there twice, where the COMMIT
    /// wouldn't tell. `session` is in the transaction that commits them.
    boolean anyRepeated(Session session, Collection<Batch> batches);

    /// Writes the keys of a commit's `extra_info` in the session's transaction, where the COMMIT doesn't.
    void add(Session session, String extraInfo);

    /// The snapshot that has a batch, where its key tells that sooner than DuckLake does.
    Optional<Long> snapshotOf(Batch batch);

    /// The batch that was committed to `table` under `key`, if there is one.
    Optional<KeyLedger.Entry> find(TableName table, BatchKey key);

    /// Which of `keys` are there for `table`, each with the hash of what was committed under it.
    Map<String, String> contents(TableName table, Collection<String> keys);

    /// Forgets keys before their time, which nobody will ask for again; or leaves them until then.
    void forget(TableName table, Collection<String> keys);

    /// Forgets the keys whose time is over; gives how many.
    int prune();
}
