package io.duckfleet.sidecar.ingest;

import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.ScanRules;
import java.util.Optional;

/// What the query parameters and headers of an ingest say, whatever form its records have.
public record IngestOptions(
        OnError onError, Inference inference, Optional<String> partitionBy, Optional<String> idempotencyKey) {

    private static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    /// What each record must keep to.
    ScanRules rules() {
        return new ScanRules(MAX_RECORD_BYTES, partitionBy);
    }
}
