package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The keys that requests are busy with: a repeat waits until the first is through. (What happens on other
/// sidecars, the ledger decides.)
final class KeysUnderWay {

    private final ConcurrentMap<Place, CountDownLatch> busy = new ConcurrentHashMap<>();
    private final Duration deadline;

    KeysUnderWay(Duration deadline) {
        this.deadline = deadline;
    }

    private record Place(TableName table, String key) {}

    /// Runs `work` while no other request has the same key for the same table.
    ///
    /// @throws FleetException `deadline` if another one has it for too long
    <T> T alone(TableName table, BatchKey key, Supplier<T> work) {
        Place place = new Place(table, key.text());
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch other = busy.putIfAbsent(place, mine);
        while (other != null) {
            await(other);
            other = busy.putIfAbsent(place, mine);
        }
        try {
            return work.get();
        } finally {
            busy.remove(place, mine);
            mine.countDown();
        }
    }

    private void await(CountDownLatch other) {
        try {
            if (!other.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FleetException(
                        ErrorCode.DEADLINE,
                        "another request with this Idempotency-Key is still under way; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment", e);
        }
    }
}
