package io.duckfleet.coordinator.catalogue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A file of the lake as `GET /files` tells it. `rowCount` is without deleted rows, `columns` how many
/// columns its table had when it was written, `partition` its folder (`year=2026/month=2/day=3`).
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LakeFile(
        String filename,
        long rowCount,
        BigDecimal fileSizeMb,
        int columns,
        Optional<Instant> modified,
        String table,
        Optional<String> partition,
        Optional<LocalDate> partitionDate,
        long fileSizeBytes,
        String path,
        Optional<Long> snapshotId) {

    private static final BigDecimal BYTES_PER_MB = BigDecimal.valueOf(1024 * 1024);
    private static final int PLACES = 4;

    /// Bytes as megabytes, small ones never as nothing.
    static BigDecimal megabytes(long bytes) {
        return BigDecimal.valueOf(bytes).divide(BYTES_PER_MB, PLACES, RoundingMode.UP);
    }
}
