package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.commit.Batch;
import io.duckfleet.sidecar.commit.BatchKey;
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
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.RejectedRecord;
import io.duckfleet.sidecar.schema.SchemaEvolution;
import io.duckfleet.sidecar.schema.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Puts a request's records into the lake, and returns when every reader can see them.
public final class IngestService {

    private static final int MAX_ROUNDS = 5;

    /// What a commit of many bytes may take beyond the deadline of one of few.
    private static final long LEAST_BYTES_PER_SECOND = 1024L * 1024;

    private final Committer committer;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final LakeReader lake;
    private final KeysUnderWay keysUnderWay;
    private final IngestAnswers answers;
    private final Duration deadline;
    private final Duration keysRemembered;

    public IngestService(
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            IngestAnswers answers,
            Duration deadline,
            Duration keysRemembered) {
        this.committer = committer;
        this.ledger = ledger;
        this.files = files;
        this.lake = lake;
        this.keysUnderWay = new KeysUnderWay(deadline);
        this.answers = answers;
        this.deadline = deadline;
        this.keysRemembered = keysRemembered;
    }

    /// Makes sure that the lake can be written, before a body is read for it.
    ///
    /// @throws FleetException `not_ready` and others, as [LakeReader#open()]
    void checkReady() {
        lake.open();
    }

    /// Commits the records of `submission`.
    ///
    /// @throws FleetException `invalid_request` when records are refused, and whatever keeps the lake from
    /// being written
    IngestAnswer ingest(Submission submission, IngestOptions options) {
        List<RejectedRecord> rejected = new ArrayList<>();
        submission.rejected().forEach(kept -> rejected.add(kept.rejection()));
        refuseIf(options.onError() == OnError.ABORT && !rejected.isEmpty(), rejected);
        BatchKey key = options.idempotencyKey()
                .map(text -> BatchKey.ofCaller(text, submission.content().get(), keysRemembered))
                .orElseGet(BatchKey::madeUp);
        Batch batch = new Batch(
                UUID.randomUUID(),
                submission.table(),
                submission.records(),
                submission.rejected(),
                submission.day(),
                submission.receivedAt(),
                options.inference(),
                key);
        Receipt receipt = options.idempotencyKey().isPresent()
                ? keysUnderWay.alone(batch.table(), batch.key(), () -> commitOnce(batch, options.onError(), rejected))
                : commit(batch, options.onError(), rejected);
        rejected.sort(Comparator.comparingInt(RejectedRecord::index));
        return answers.of(batch.table(), receipt, List.copyOf(rejected), submission.receivedAt());
    }

    private Receipt commitOnce(Batch batch, OnError onError, List<RejectedRecord> rejected) {
        return ledger.receiptOf(batch, files).orElseGet(() -> commit(batch, onError, rejected));
    }

    /// Commits, and where records conflict with the table, leaves them out and tries again: the table may
    /// have changed meanwhile.
    private Receipt commit(Batch first, OnError onError, List<RejectedRecord> rejected) {
        Batch batch = first;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            refuseIf(batch.records().count() == 0, rejected);
            switch (await(batch, committer.submit(batch))) {
                case Committed committed -> {
                    return committed.receipt();
                }
                case Conflicting conflicting -> {
                    List<RejectedRecord> found = conflictsOf(batch, conflicting.table(), onError);
                    rejected.addAll(found);
                    refuseIf(onError == OnError.ABORT && !found.isEmpty(), rejected);
                    batch = batch.without(kept(batch.records(), found));
                }
            }
        }
        throw new FleetException(
                ErrorCode.OVERLOADED,
                "table \"%s\" changed %d times while the records waited; try again"
                        .formatted(first.table(), MAX_ROUNDS));
    }

    static List<KeptRecord> kept(Records records, List<RejectedRecord> rejected) {
        Map<Integer, String> texts =
                records.texts(rejected.stream().map(RejectedRecord::index).toList());
        return rejected.stream()
                .map(record -> new KeptRecord(record, texts.getOrDefault(record.index(), "")))
                .toList();
    }

    private List<RejectedRecord> conflictsOf(Batch batch, TableSchema table, OnError onError) {
        int limit = onError == OnError.ABORT ? Rejections.MAX_LISTED : Lines.MAX_REJECTED;
        return lake.read(session -> {
            SchemaEvolution evolution = new SchemaEvolution(facts(session, table), batch.inference());
            return new ConflictSearch(evolution, table, batch.records(), limit).find();
        });
    }

    private static LakeFacts facts(Session session, TableSchema table) {
        return new LakeFacts(session, table.table(), new HashSet<>());
    }

    private static void refuseIf(boolean refused, List<RejectedRecord> rejected) {
        if (refused) {
            throw Rejections.refuse(rejected);
        }
    }

    private CommitOutcome await(Batch batch, CompletableFuture<CommitOutcome> outcome) {
        Duration patience = deadline.plusSeconds(batch.records().bytes() / LEAST_BYTES_PER_SECOND);
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new FleetException(
                    ErrorCode.DEADLINE,
                    "the records were not committed within %d s, but still may be; send them again with their Idempotency-Key"
                            .formatted(patience.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment", e);
        }
    }
}
