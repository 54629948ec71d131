package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FieldError;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.RejectedRecord;
import java.util.List;

/// The problem document for a batch that is refused for the sake of some of its records.
final class Rejections {

    /// How many rejected records a problem document lists.
    static final int MAX_LISTED = 1_000;

    private Rejections() {}

    static FleetException refuse(List<RejectedRecord> rejected) {
        List<RejectedRecord> listed = rejected.stream().limit(MAX_LISTED).toList();
        List<FieldError> errors = listed.stream()
                .map(record -> new FieldError(path(record), record.reason()))
                .toList();
        return FleetException.invalid(errors).with("rejected", listed);
    }

    private static String path(RejectedRecord record) {
        String place = "records[%d]".formatted(record.index());
        return record.field().isEmpty() ? place : place + "." + record.field();
    }
}
