package io.duckfleet.sidecar.buffer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.sidecar.ingest.IngestAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The answers to flushes that are not about one table with records.
public final class FlushAnswers {

    private static final String SUCCESS = "success";

    private FlushAnswers() {}

    /// There was nothing in the buffer, or no such table; `table_name` is null when all tables were asked
    /// for.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Nothing(String status, String message, Optional<String> tableName, long recordCount) {
        Nothing(Optional<String> tableName) {
            this(SUCCESS, "No records to flush", tableName, 0);
        }
    }

    /// All tables that had records.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record AllTables(
            String status,
            String message,
            long recordCount,
            long recordsProcessed,
            double durationSeconds,
            Instant timestamp,
            List<IngestAnswer> tables) {

        static AllTables of(List<IngestAnswer> tables, double durationSeconds, Instant timestamp) {
            long records = tables.stream().mapToLong(IngestAnswer::recordCount).sum();
            return new AllTables(
                    SUCCESS,
                    "Flushed %d records to S3".formatted(records),
                    records,
                    tables.stream().mapToLong(IngestAnswer::recordsProcessed).sum(),
                    durationSeconds,
                    timestamp,
                    List.copyOf(tables));
        }
    }
}
