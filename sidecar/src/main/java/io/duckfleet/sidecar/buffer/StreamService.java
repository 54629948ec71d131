package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.BatchKey;
import io.duckfleet.sidecar.commit.KeyLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// Takes single records into the buffer.
public final class StreamService {

    private static final Logger LOG = Logger.getLogger(StreamService.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Buffer buffer;
    private final KeyLedger ledger;
    private final BufferMeters meters;
    private final Clock clock;
    private volatile Instant askAgainAt = Instant.MIN;

    public StreamService(Buffer buffer, KeyLedger ledger, BufferMeters meters, Clock clock) {
        this.buffer = buffer;
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
    }

    /// What became of a record: it is in the buffer now, or it was there, or in the lake, before.
    enum Outcome {
        BUFFERED,
        REPEATED
    }

    /// See [Buffer#admit].
    void admit(long bytes) {
        buffer.admit(bytes);
    }

    /// Buffers a record that has no key. Doesn't block.
    CompletableFuture<Outcome> take(TableName table, Optional<LocalDate> day, byte[] body) {
        return buffer.append(row(table, day, Optional.empty(), StreamRequest.read(table, body)))
                .thenApply(done -> Outcome.BUFFERED);
    }

    /// Buffers a record unless its key is in the buffer, or in the lake as far as the ledger can be asked:
    /// what slips through is noticed at the flush. Blocks.
    ///
    /// @throws FleetException `invalid_request` if the key was used for other content
    CompletableFuture<Outcome> takeOnce(TableName table, Optional<LocalDate> day, BatchKey key, byte[] body) {
        StreamRecord row = row(table, day, Optional.of(key), StreamRequest.read(table, body));
        CompletableFuture<Void> buffered = new CompletableFuture<>();
        Optional<CompletableFuture<Void>> other = buffer.keys().hold(table, key, buffered);
        if (other.isPresent()) {
            return other.get().thenApply(done -> repeated());
        }
        try {
            if (isInLake(table, key)) {
                buffered.complete(null);
                buffer.keys().release(table, List.of(key.text()));
                return CompletableFuture.completedFuture(repeated());
            }
        } catch (FleetException e) {
            buffered.completeExceptionally(e);
            buffer.keys().release(table, List.of(key.text()));
            throw e;
        }
        return buffer.append(row).handle((done, failure) -> {
            if (failure == null) {
                buffered.complete(null);
                return Outcome.BUFFERED;
            }
            buffer.keys().release(table, List.of(key.text()));
            buffered.completeExceptionally(failure);
            throw failure instanceof FleetException known ? known : new IllegalStateException(failure);
        });
    }

    private Outcome repeated() {
        meters.repeated();
        return Outcome.REPEATED;
    }

    private StreamRecord row(TableName table, Optional<LocalDate> day, Optional<BatchKey> key, StreamRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new StreamRecord(table, day, now, key, request.ownFields(), request.text(), request.bytes());
    }

    /// While the catalog is away, records are buffered all the same, and it isn't asked for each of them.
    private boolean isInLake(TableName table, BatchKey key) {
        if (clock.instant().isBefore(askAgainAt)) {
            return false;
        }
        try {
            Map<String, String> found = ledger.contents(table, List.of(key.text()));
            if (found.containsKey(key.text()) && !key.content().equals(found.get(key.text()))) {
                throw BufferedKeys.usedForOther(table);
            }
            return found.containsKey(key.text());
        } catch (FleetException e) {
            if (e.code() != ErrorCode.CATALOG_UNREACHABLE) {
                throw e;
            }
            LOG.debugf("keys are not looked up for %s: %s", PAUSE, e.detail());
            askAgainAt = clock.instant().plus(PAUSE);
            return false;
        }
    }
}
