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
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.RejectedRecord;
import io.duckfleet.sidecar.schema.SchemaEvolution;
import io.duckfleet.sidecar.schema.TableSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Puts a request's records into the lake, and returns when every reader can see them.
public final class IngestService {

    private static final int MAX_ROUNDS = 5;

    private final Committer committer;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final LakeReader lake;
    private final KeysUnderWay keysUnderWay;
    private final IngestAnswers answers;
    private final Clock clock;
    private final Duration deadline;
    private final Duration keysRemembered;

    public IngestService(
            Committer committer,
            KeyLedger ledger,
            CommittedFiles files,
            LakeReader lake,
            Clock clock,
            Duration deadline,
            Duration keysRemembered) {
        this.committer = committer;
        this.ledger = ledger;
        this.files = files;
        this.lake = lake;
        this.keysUnderWay = new KeysUnderWay(deadline);
        this.answers = new IngestAnswers(lake.settings().s3().bucket(), clock);
        this.clock = clock;
        this.deadline = deadline;
        this.keysRemembered = keysRemembered;
    }

    /// Commits the records of `request`.
    ///
    /// @throws FleetException `invalid_request` when records are refused, and whatever keeps the lake from
    /// being written
    public IngestAnswer ingest(IngestRequest request) {
        Instant receivedAt = clock.instant();
        lake.open();
        Envelope envelope = EnvelopeReader.read(request.body());
        List<RejectedRecord> rejected = new ArrayList<>(envelope.scan().rejected());
        refuseIf(request.onError() == OnError.ABORT && !rejected.isEmpty(), rejected);
        Batch whole = new Batch(
                UUID.randomUUID(),
                envelope.table(),
                envelope.scan().records(),
                List.of(),
                envelope.day(),
                receivedAt,
                new Inference(request.inferDates()),
                keyOf(request, envelope));
        Batch batch = rejected.isEmpty() ? whole : whole.without(kept(whole.records(), rejected));
        Receipt receipt = request.idempotencyKey().isPresent()
                ? keysUnderWay.alone(batch.table(), batch.key(), () -> commitOnce(batch, request.onError(), rejected))
                : commit(batch, request.onError(), rejected);
        rejected.sort(Comparator.comparingInt(RejectedRecord::index));
        return answers.of(batch.table(), receipt, List.copyOf(rejected), receivedAt);
    }

    private BatchKey keyOf(IngestRequest request, Envelope envelope) {
        return request.idempotencyKey()
                .map(key -> BatchKey.ofCaller(
                        key, ContentHash.of(request.body(), envelope.table(), envelope.day()), keysRemembered))
                .orElseGet(BatchKey::madeUp);
    }

    private Receipt commitOnce(Batch batch, OnError onError, List<RejectedRecord> rejected) {
        Optional<Receipt> earlier = ledger.receiptOf(batch, files);
        return earlier.orElseGet(() -> commit(batch, onError, rejected));
    }

    /// Commits, and where records conflict with the table, leaves them out and tries again: the table may
    /// have changed meanwhile.
    private Receipt commit(Batch first, OnError onError, List<RejectedRecord> rejected) {
        Batch batch = first;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            refuseIf(batch.records().count() == 0, rejected);
            switch (await(committer.submit(batch))) {
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

    private static List<KeptRecord> kept(Records records, List<RejectedRecord> rejected) {
        Map<Integer, String> texts =
                records.texts(rejected.stream().map(RejectedRecord::index).toList());
        return rejected.stream()
                .map(record -> new KeptRecord(record, texts.getOrDefault(record.index(), "")))
                .toList();
    }

    private List<RejectedRecord> conflictsOf(Batch batch, TableSchema table, OnError onError) {
        int limit = onError == OnError.ABORT ? Rejections.MAX_LISTED : Integer.MAX_VALUE;
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

    private CommitOutcome await(CompletableFuture<CommitOutcome> outcome) {
        try {
            return outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FleetException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new FleetException(
                    ErrorCode.DEADLINE,
                    "the records were not committed within %d s, but still may be; send them again with their Idempotency-Key"
                            .formatted(deadline.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException(ErrorCode.NOT_READY, "the sidecar is stopping; try again in a moment", e);
        }
    }
}
