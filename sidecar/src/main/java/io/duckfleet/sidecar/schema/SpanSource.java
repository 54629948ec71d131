package io.duckfleet.sidecar.schema;

/// Where a span of records is kept: in memory, or in a file from which it is read again.
@FunctionalInterface
public interface SpanSource {

    /// The span, as long as the batch lives.
    Span load();
}
