package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.commit.DayRows;
import io.duckfleet.sidecar.commit.LakeFile;
import io.duckfleet.sidecar.commit.Receipt;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Makes answers from receipts.
public final class IngestAnswers {

    private static final BigDecimal BYTES_PER_MB = BigDecimal.valueOf(1024 * 1024);
    private static final int PLACES = 4;
    private static final double MILLIS = 1000.0;

    private final String bucket;
    private final Clock clock;

    public IngestAnswers(String bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /// `asked` is the table as the request spells it; the answer has the lake's own spelling, as the files'
    /// folder has.
    IngestAnswer of(TableName asked, Receipt receipt, List<RejectedRecord> rejected, Instant receivedAt) {
        return of("Ingested %d records".formatted(receipt.rows()), asked, receipt, rejected, receivedAt);
    }

    /// The answer to a flush of `asked`, which may have put all of its records to the rejected ones.
    public IngestAnswer flushed(TableName asked, Receipt receipt, List<RejectedRecord> rejected, Instant receivedAt) {
        return of("Flushed %d records to S3".formatted(receipt.rows()), asked, receipt, rejected, receivedAt);
    }

    private IngestAnswer of(
            String message, TableName asked, Receipt receipt, List<RejectedRecord> rejected, Instant receivedAt) {
        Instant now = clock.instant();
        TableName table =
                receipt.files().stream().map(LakeFile::table).findFirst().orElse(asked);
        List<IngestAnswer.Partition> partitions = receipt.days().stream()
                .map(day -> partition(table, day, receipt))
                .toList();
        IngestAnswer.Partition first = partitions.isEmpty() ? nowhere(table, now) : partitions.getFirst();
        boolean several = partitions.size() > 1;
        return new IngestAnswer(
                "success",
                message,
                table.text(),
                several ? folder(table) : first.s3Path(),
                first.partitionDate(),
                receipt.rows(),
                receipt.rows() + (receipt.repeated() ? 0 : rejected.size()),
                first.file().or(() -> anyFile(receipt)),
                megabytes(receipt.files()),
                Duration.between(receivedAt, now).toMillis() / MILLIS,
                now,
                receipt.snapshotId(),
                rejected.stream().limit(Rejections.MAX_LISTED).toList(),
                rejected.size(),
                several ? partitions : List.of(),
                receipt.repeated() ? Optional.of(true) : Optional.empty());
    }

    /// A table that another program made may have its files elsewhere than in partitions of days.
    private static Optional<String> anyFile(Receipt receipt) {
        return receipt.files().stream().map(LakeFile::baseName).findFirst();
    }

    private IngestAnswer.Partition nowhere(TableName table, Instant now) {
        return new IngestAnswer.Partition(
                LocalDate.ofInstant(now, ZoneOffset.UTC), folder(table), 0, Optional.empty(), megabytes(List.of()));
    }

    private IngestAnswer.Partition partition(TableName table, DayRows day, Receipt receipt) {
        List<LakeFile> files =
                receipt.files().stream().filter(file -> file.isIn(day.day())).toList();
        return new IngestAnswer.Partition(
                day.day(),
                folder(table) + LakeFile.partition(day.day()),
                day.rows(),
                files.isEmpty() ? Optional.empty() : Optional.of(files.getLast().baseName()),
                megabytes(files));
    }

    private String folder(TableName table) {
        return "s3://%s/%s/%s/".formatted(bucket, LakeAttachment.SCHEMA, table);
    }

    private static BigDecimal megabytes(List<LakeFile> files) {
        long bytes = files.stream().mapToLong(LakeFile::bytes).sum();
        return BigDecimal.valueOf(bytes).divide(BYTES_PER_MB, PLACES, RoundingMode.UP);
    }
}
