package io.duckfleet.sidecar.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The answer to records that are in the lake. `s3_path`, `partition_date` are those of the partition, or
/// of the table and the first day where there are several partitions; `file` is the first file, shared with
/// what was committed at the same moment, and null when it isn't known any more; `rejected` lists the first
/// thousand of `rejected_count`.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record IngestAnswer(
        String status,
        String message,
        String tableName,
        String s3Path,
        LocalDate partitionDate,
        long recordCount,
        long recordsProcessed,
        Optional<String> file,
        BigDecimal fileSizeMb,
        double durationSeconds,
        Instant timestamp,
        long snapshotId,
        List<RejectedRecord> rejected,
        int rejectedCount,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Partition> partitions,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> duplicate) {

    /// One of several partitions that the records went into.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Partition(
            LocalDate partitionDate, String s3Path, long recordCount, Optional<String> file, BigDecimal fileSizeMb) {}
}
