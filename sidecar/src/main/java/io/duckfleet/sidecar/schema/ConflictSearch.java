package io.duckfleet.sidecar.schema;

import io.duckfleet.sidecar.schema.SchemaEvolution.Conflict;
import io.duckfleet.sidecar.schema.SchemaEvolution.Evolved;
import java.util.ArrayList;
import java.util.List;

/// Finds the records that a table can't hold, once it is known that there are some: halves the batch until
/// the conflicts stand alone. Where two records don't go together, the later one is rejected.
public final class ConflictSearch {

    private final SchemaEvolution evolution;
    private final TableSchema table;
    private final Records records;
    private final int limit;
    private final ObjectShape taken = new ObjectShape();
    private final List<RejectedRecord> rejected = new ArrayList<>();

    /// `limit` is how many conflicts are enough.
    public ConflictSearch(SchemaEvolution evolution, TableSchema table, Records records, int limit) {
        this.evolution = evolution;
        this.table = table;
        this.records = records;
        this.limit = limit;
    }

    /// The records that are to be left out, in order; unless the limit was reached, the rest fits without
    /// them.
    public List<RejectedRecord> find() {
        for (Chunk chunk : records.chunks()) {
            switch (evolution.evolve(table, together(chunk.shape()))) {
                case Evolved fits -> taken.addAll(chunk.shape());
                case Conflict conflict -> search(chunk.source().load(), 0, chunk.count());
            }
        }
        return List.copyOf(rejected);
    }

    private void search(Span span, int from, int to) {
        if (from == to || rejected.size() >= limit) {
            return;
        }
        ObjectShape part = span.shapeOf(from, to);
        switch (evolution.evolve(table, together(part))) {
            case Evolved fits -> taken.addAll(part);
            case Conflict conflict -> {
                if (to - from == 1) {
                    rejected.add(new RejectedRecord(span.index(from), conflict.field(), conflict.reason()));
                } else {
                    int middle = (from + to) >>> 1;
                    search(span, from, middle);
                    search(span, middle, to);
                }
            }
        }
    }

    private ObjectShape together(ObjectShape part) {
        ObjectShape both = new ObjectShape();
        both.addAll(taken);
        both.addAll(part);
        return both;
    }
}
