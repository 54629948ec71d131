package io.duckfleet.sidecar.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every record of a batch must keep to, whatever the table is: its size in bytes, and, where the day is
/// taken from a field, that the field has one.
public record ScanRules(int maxRecordBytes, Optional<String> partitionBy) {

    /// Rules without a field for the day.
    static ScanRules upTo(int maxRecordBytes) {
        return new ScanRules(maxRecordBytes, Optional.empty());
    }

    void checkSize(int bytes) {
        if (bytes > maxRecordBytes) {
            throw new RecordProblem(
                    "", "the record has %d bytes; at most %d were expected".formatted(bytes, maxRecordBytes));
        }
    }

    /// @throws RecordProblem if `name` is the field of the day, and a value of this kind has none
    void checkDay(String name, @Nullable ValueKind kind) {
        if (partitionBy.isPresent()
                && kind != null
                && name.equalsIgnoreCase(partitionBy.get())
                && kind != ValueKind.DATE_TEXT
                && kind != ValueKind.TIMESTAMP_TEXT
                && kind != ValueKind.TIMESTAMPTZ_TEXT) {
            throw new RecordProblem(
                    name, "a date or a timestamp was expected, as the partition is taken from this field");
        }
    }
}
