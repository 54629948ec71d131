package io.duckfleet.sidecar.ingest;

import java.util.Optional;

/// A request to put records into the lake: the body as it came, which nobody may change, and what the query
/// parameters and headers say.
public final class IngestRequest {

    private final byte[] body;
    private final OnError onError;
    private final boolean inferDates;
    private final Optional<String> idempotencyKey;

    public IngestRequest(byte[] body, OnError onError, boolean inferDates, Optional<String> idempotencyKey) {
        this.body = body;
        this.onError = onError;
        this.inferDates = inferDates;
        this.idempotencyKey = idempotencyKey;
    }

    byte[] body() {
        return body;
    }

    OnError onError() {
        return onError;
    }

    boolean inferDates() {
        return inferDates;
    }

    Optional<String> idempotencyKey() {
        return idempotencyKey;
    }
}
