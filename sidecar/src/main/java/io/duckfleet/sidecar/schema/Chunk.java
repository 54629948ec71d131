package io.duckfleet.sidecar.schema;

import java.util.BitSet;

/// A part of a batch: a span of its records, and what is known of them without reading it again. The indexes
/// of its records are from `first` up to, but without, `end`; some in between may be missing.
public record Chunk(SpanSource source, int count, long bytes, int first, int end, ObjectShape shape) {

    /// A span that stays in memory.
    static Chunk inMemory(Span span, ObjectShape shape) {
        int first = span.count() == 0 ? 0 : span.index(0);
        int end = span.count() == 0 ? 0 : span.index(span.count() - 1) + 1;
        return new Chunk(() -> span, span.count(), span.bytes(), first, end, shape);
    }

    /// The same records, read from `other` from now on.
    public Chunk from(SpanSource other) {
        return new Chunk(other, count, bytes, first, end, shape);
    }

    /// Whether a record whose index is in `indexes` may be here.
    boolean mayHave(BitSet indexes) {
        int next = indexes.nextSetBit(first);
        return next >= 0 && next < end;
    }

    /// This chunk without the records whose index is in `out`.
    Chunk without(BitSet out) {
        if (!mayHave(out)) {
            return this;
        }
        Span kept = source.load().without(out);
        return new Chunk(
                () -> source.load().without(out),
                kept.count(),
                kept.bytes(),
                first,
                end,
                kept.shapeOf(0, kept.count()));
    }
}
