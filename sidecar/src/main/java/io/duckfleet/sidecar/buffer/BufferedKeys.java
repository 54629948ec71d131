package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The callers' keys of the records that are in the buffer, or on their way into it. What left it is in the
/// ledger before it leaves here. Thread-safe.
final class BufferedKeys {

    private final ConcurrentMap<Place, Held> held = new ConcurrentHashMap<>();

    private record Place(TableName table, String key) {}

    private record Held(String content, CompletableFuture<Void> buffered) {}

    /// Takes hold of a key. Empty when it was free: then `buffered` tells others how the record fares, and
    /// who took it must [#release] it when it fails. Otherwise what the one that holds it has told or will
    /// tell.
    ///
    /// @throws FleetException `invalid_request` if it is held for other content
    Optional<CompletableFuture<Void>> hold(TableName table, BatchKey key, CompletableFuture<Void> buffered) {
        Held mine = new Held(key.content(), buffered);
        Optional<Held> other = Optional.ofNullable(held.putIfAbsent(new Place(table, key.text()), mine));
        if (other.isPresent() && !other.get().content().equals(key.content())) {
            throw usedForOther(table);
        }
        return other.map(Held::buffered);
    }

    /// The refusal of a key that stands for something else already.
    static FleetException usedForOther(TableName table) {
        return FleetException.invalid(
                "Idempotency-Key", "was used for other content of table %s before; take a new one".formatted(table));
    }

    void release(TableName table, Collection<String> keys) {
        keys.forEach(key -> held.remove(new Place(table, key)));
    }
}
