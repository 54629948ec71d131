package io.duckfleet.sidecar.commit;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// Records that go into one table together or not at all. `day` is the partition that the request asked
/// for; without one, each record's own `partition_date` decides, else the day (UTC) of `receivedAt`.
public record Batch(
        UUID id,
        TableName table,
        Records records,
        Optional<LocalDate> day,
        Instant receivedAt,
        Inference inference,
        BatchKey key) {

    /// This batch with other records: what is left when some were rejected.
    public Batch with(Records others) {
        return new Batch(id, table, others, day, receivedAt, inference, key);
    }
}
