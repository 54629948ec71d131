package io.duckfleet.sidecar.ingest;

import java.util.Optional;

/// A request to put records into the lake: the body as it came, and what the query parameters and headers say.
public record IngestRequest(byte[] body, OnError onError, boolean inferDates, Optional<String> idempotencyKey) {}
