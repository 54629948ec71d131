package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.Records;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Records that go into one table together or not at all. `day` is the partition that the request asked
/// for; without one, each record's own `partition_date` decides, else the day (UTC) of `receivedAt`.
/// `rejected` are the records that were left out and are kept in [RejectedTable]; a batch may consist of them
/// alone. `recordKeys` are keys of single records, which are committed beside the batch's own.
public record Batch(
        UUID id,
        TableName table,
        Records records,
        List<KeptRecord> rejected,
        Optional<LocalDate> day,
        Instant receivedAt,
        Inference inference,
        BatchKey key,
        List<BatchKey> recordKeys) {

    public Batch {
        rejected = List.copyOf(rejected);
        recordKeys = List.copyOf(recordKeys);
    }

    /// A batch whose records have no keys of their own.
    public Batch(
            UUID id,
            TableName table,
            Records records,
            List<KeptRecord> rejected,
            Optional<LocalDate> day,
            Instant receivedAt,
            Inference inference,
            BatchKey key) {
        this(id, table, records, rejected, day, receivedAt, inference, key, List.of());
    }

    /// This batch without the records that `more` was made of.
    public Batch without(List<KeptRecord> more) {
        List<RejectedRecord> rejections =
                more.stream().map(KeptRecord::rejection).toList();
        List<KeptRecord> all = Stream.concat(rejected.stream(), more.stream()).toList();
        return new Batch(id, table, records.without(rejections), all, day, receivedAt, inference, key, recordKeys);
    }
}
