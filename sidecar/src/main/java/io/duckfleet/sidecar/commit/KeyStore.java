package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.TableName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Where the ledger's keys are. Every method throws a [FleetException] `catalog_unreachable` when that can't
/// be asked.
sealed interface KeyStore permits CatalogKeys, LakeKeys {

    /// The batch that was committed to `table` under `key`, if there is one.
    Optional<KeyLedger.Entry> find(TableName table, BatchKey key);

    /// Which of `keys` are there for `table`, each with the hash of what was committed under it.
    Map<String, String> contents(TableName table, Collection<String> keys);

    /// Forgets keys before their time, which nobody will ask for again; or leaves them until then.
    void forget(TableName table, Collection<String> keys);

    /// Forgets the keys whose time is over; gives how many.
    int prune();
}
