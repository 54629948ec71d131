package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.Batch;
import io.duckfleet.sidecar.commit.CommitOutcome;
import io.duckfleet.sidecar.commit.CommitOutcome.Committed;
import io.duckfleet.sidecar.commit.CommitOutcome.Conflicting;
import io.duckfleet.sidecar.commit.CommittedFiles;
import io.duckfleet.sidecar.commit.Committer;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.commit.KeyLedger;
import io.duckfleet.sidecar.commit.LakeFacts;
import io.duckfleet.sidecar.commit.Receipt;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.schema.ConflictSearch;
import io.duckfleet.sidecar.schema.RejectedRecord;
import io.duckfleet.sidecar.schema.SchemaEvolution;
import io.duckfleet.sidecar.schema.TableSchema;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Commits the batches of flushes: what doesn't fit into its table goes to the rejected records, so that it
/// is neither lost nor in the way of the others.
public final class FlushCommit {

    private static final int MAX_ROUNDS = 5;

    private final Committer committer;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final LakeReader lake;
    private final Duration deadline;

    public FlushCommit(
            Committer committer, KeyLedger ledger, CommittedFiles files, LakeReader lake, Duration deadline) {
        this.committer = committer;
        this.ledger = ledger;
        this.files = files;
        this.lake = lake;
        this.deadline = deadline;
    }

    /// A batch that was given to the committer.
    record UnderWay(FlushBatch flush, Batch batch, CompletableFuture<CommitOutcome> outcome) {}

    /// Gives a flush's batch to the committer, or its receipt at once when it is in the lake already.
    UnderWay begin(FlushBatch flush) {
        lake.open();
        Batch batch = withoutRepeats(flush, flush.whole());
        Optional<Receipt> before = ledger.receiptOf(batch, files);
        if (before.isPresent()) {
            return new UnderWay(flush, batch, CompletableFuture.completedFuture(new Committed(before.get())));
        }
        return new UnderWay(flush, batch, submit(batch));
    }

    private Batch withoutRepeats(FlushBatch flush, Batch batch) {
        List<String> keys =
                flush.rows().keys().values().stream().map(key -> key.text()).toList();
        Map<String, String> taken = keys.isEmpty() ? Map.of() : ledger.contents(batch.table(), keys);
        return flush.withoutRepeats(batch, taken);
    }

    /// When nothing is left of a batch, there is nothing to commit.
    private CompletableFuture<CommitOutcome> submit(Batch batch) {
        if (batch.records().count() == 0 && batch.rejected().isEmpty()) {
            return CompletableFuture.completedFuture(new Committed(new Receipt(0, List.of(), List.of(), true)));
        }
        return committer.submit(batch);
    }

    /// Waits until the batch is in the lake.
    ///
    /// @throws FleetException whatever keeps the lake from being written; nothing of the batch is there
    /// then, unless the error is about reaching it
    FlushReceipt finish(UnderWay begun) {
        UnderWay current = begun;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            switch (await(current.outcome())) {
                case Committed committed -> {
                    return new FlushReceipt(current.batch().table(), committed.receipt(), rejectedOf(current.batch()));
                }
                case Conflicting conflicting -> current = again(current, conflicting.table());
            }
        }
        throw new FleetException(
                ErrorCode.OVERLOADED,
                "table \"%s\" changed %d times while the flush waited; it goes on later"
                        .formatted(begun.batch().table(), MAX_ROUNDS));
    }

    private UnderWay again(UnderWay current, TableSchema table) {
        Batch batch = current.batch();
        List<RejectedRecord> found = lake.read(session -> {
            LakeFacts facts = new LakeFacts(session, table.table(), new HashSet<>());
            SchemaEvolution evolution = new SchemaEvolution(facts, batch.inference());
            return new ConflictSearch(evolution, table, batch.records(), Integer.MAX_VALUE).find();
        });
        Batch rest = batch.without(current.flush().kept(found));
        return new UnderWay(current.flush(), rest, submit(rest));
    }

    /// Puts a record that stands in the way of its flush, alone in its batch, to the rejected ones.
    FlushReceipt reject(FlushBatch flush, String reason) {
        Batch batch = withoutRepeats(flush, flush.whole());
        List<KeptRecord> kept = flush.kept(List.of(new RejectedRecord(0, "", reason)));
        Batch rest = batch.records().count() == 0 ? batch : batch.without(kept);
        return finish(new UnderWay(flush, rest, submit(rest)));
    }

    /// Forgets a plan's key, once nobody can ask for it any more.
    void forget(List<Batch> batches) {
        batches.forEach(
                batch -> ledger.forget(batch.table(), List.of(batch.key().text())));
    }

    private static List<RejectedRecord> rejectedOf(Batch batch) {
        return batch.rejected().stream().map(KeptRecord::rejection).toList();
    }

    private CommitOutcome await(CompletableFuture<CommitOutcome> outcome) {
        try {
            return outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new FleetException(
                    ErrorCode.DEADLINE,
                    "the flush was not committed within %d s; it goes on, nothing is lost"
                            .formatted(deadline.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment", e);
        }
    }
}
