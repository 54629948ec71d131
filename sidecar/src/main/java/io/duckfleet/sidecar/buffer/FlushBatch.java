package io.duckfleet.sidecar.buffer;

import com.fasterxml.jackson.core.JsonParser;
import io.duckfleet.sidecar.commit.Batch;
import io.duckfleet.sidecar.commit.BatchKey;
import io.duckfleet.sidecar.commit.KeptRecord;
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.JsonFactories;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The batch that a plan's records make, and what is left out of it: repeats of what is in the lake
/// already, and records that can't be taken, with their texts as they came.
final class FlushBatch {

    private final FlushPlan plan;
    private final BufferedRows rows;
    private final Function<List<Long>, Map<Long, String>> texts;
    private final Batch whole;

    /// `texts` gives the texts of records by their numbers; `remembered` is how long callers' keys are kept.
    FlushBatch(
            FlushPlan plan,
            BufferedRows rows,
            UUID buffer,
            Instant now,
            Duration remembered,
            Function<List<Long>, Map<Long, String>> texts) {
        this.plan = plan;
        this.rows = rows;
        this.texts = texts;
        Records.Scan scan = scan(rows.array());
        Batch all = new Batch(
                plan.id(),
                plan.table(),
                scan.records(),
                List.of(),
                Optional.empty(),
                now,
                new Inference(true),
                plan.key(buffer),
                keys(remembered));
        this.whole = scan.rejected().isEmpty() ? all : all.without(kept(scan.rejected()));
    }

    private static Records.Scan scan(byte[] array) {
        try (JsonParser parser = JsonFactories.parser(array, 0, array.length)) {
            parser.nextToken();
            return Records.scan(array, parser, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<BatchKey> keys(Duration remembered) {
        return rows.keys().values().stream()
                .map(key -> new BatchKey(key.text(), key.content(), remembered))
                .toList();
    }

    FlushPlan plan() {
        return plan;
    }

    BufferedRows rows() {
        return rows;
    }

    /// All that can be taken, whatever the table is.
    Batch whole() {
        return whole;
    }

    /// `batch` without the records whose keys are `taken` (with the hash of the content that was
    /// committed): equal ones are repeats, others go to the rejected ones.
    Batch withoutRepeats(Batch batch, Map<String, String> taken) {
        if (taken.isEmpty()) {
            return batch;
        }
        List<RejectedRecord> repeats = new ArrayList<>();
        List<RejectedRecord> misused = new ArrayList<>();
        rows.keys().forEach((index, key) -> {
            if (taken.containsKey(key.text())) {
                boolean equal = key.content().equals(taken.get(key.text()));
                (equal ? repeats : misused)
                        .add(new RejectedRecord(
                                index, "Idempotency-Key", "the key was used for other content of this table before"));
            }
        });
        List<RejectedRecord> out = new ArrayList<>(repeats);
        out.addAll(misused);
        List<KeptRecord> rejected = new ArrayList<>(batch.rejected());
        rejected.addAll(kept(misused));
        Set<String> gone = taken.keySet();
        return new Batch(
                batch.id(),
                batch.table(),
                batch.records().without(out),
                rejected,
                batch.day(),
                batch.receivedAt(),
                batch.inference(),
                batch.key(),
                batch.recordKeys().stream()
                        .filter(key -> !gone.contains(key.text()))
                        .toList());
    }

    /// The rejected records with their texts as they came.
    List<KeptRecord> kept(List<RejectedRecord> rejected) {
        Map<Long, String> found = texts.apply(rejected.stream()
                .map(record -> rows.sequences().get(record.index()))
                .toList());
        return rejected.stream()
                .map(record -> new KeptRecord(
                        record, found.getOrDefault(rows.sequences().get(record.index()), "")))
                .toList();
    }
}
