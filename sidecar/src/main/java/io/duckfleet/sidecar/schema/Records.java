package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A batch's records, in chunks, and what they look like together. Immutable. `partitionBy` is the field that
/// each record's day is taken from, if there is one.
public final class Records {

    private final List<Chunk> chunks;
    private final ObjectShape shape;
    private final Optional<String> partitionBy;

    private Records(List<Chunk> chunks, ObjectShape shape, Optional<String> partitionBy) {
        this.chunks = List.copyOf(chunks);
        this.shape = shape;
        this.partitionBy = partitionBy;
    }

    /// The records of `chunks`.
    ///
    /// @throws FleetException `invalid_request` if they have more different fields than a table may have
    public static Records of(List<Chunk> chunks, Optional<String> partitionBy) {
        if (chunks.size() == 1) {
            return new Records(chunks, chunks.getFirst().shape(), partitionBy);
        }
        ObjectShape together = new ObjectShape();
        chunks.forEach(chunk -> together.addAll(chunk.shape()));
        if (together.isWide()) {
            throw FleetException.invalid(
                    "records",
                    "have more than %d different fields together; nest them or split the batch"
                            .formatted(ObjectShape.MAX_FIELDS));
        }
        return new Records(chunks, together, partitionBy);
    }

    /// What a scan gives: the records, and those among them that can't be taken, whatever the table is. The
    /// shape counts only when none is rejected.
    public record Scan(Records records, List<RejectedRecord> rejected) {
        public Scan {
            rejected = List.copyOf(rejected);
        }
    }

    /// Scans the array that `parser`, which reads `body`, stands at; the parser stands at the array's end
    /// then.
    public static Scan scan(byte[] body, JsonParser parser, int maxRecordBytes) throws IOException {
        return scan(body, parser, ScanRules.upTo(maxRecordBytes));
    }

    /// As [#scan(byte[], JsonParser, int)], by `rules`.
    public static Scan scan(byte[] body, JsonParser parser, ScanRules rules) throws IOException {
        Offsets offsets = new Offsets();
        ObjectShape shape = new ObjectShape();
        RecordScanner scanner = new RecordScanner(parser, rules);
        List<RejectedRecord> rejected = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            int index = offsets.size();
            try {
                scanner.scan(shape);
                rules.checkSize(endOf(parser) - start);
            } catch (RecordProblem problem) {
                rejected.add(new RejectedRecord(index, problem.field(), problem.reason()));
            }
            offsets.add(start, endOf(parser));
        }
        Span span = Span.numbered(body, offsets.starts(), offsets.ends(), 0);
        return new Scan(of(List.of(Chunk.inMemory(span, shape)), rules.partitionBy()), rejected);
    }

    private static int endOf(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    /// How many records there are.
    public int count() {
        return chunks.stream().mapToInt(Chunk::count).sum();
    }

    /// How many bytes they have together.
    public long bytes() {
        return chunks.stream().mapToLong(Chunk::bytes).sum();
    }

    public ObjectShape shape() {
        return shape;
    }

    public List<Chunk> chunks() {
        return chunks;
    }

    /// The field that each record's day is taken from.
    public Optional<String> partitionBy() {
        return partitionBy;
    }

    /// The texts of the records with these indexes, as they came.
    public Map<Integer, String> texts(Collection<Integer> wanted) {
        BitSet looked = new BitSet();
        wanted.forEach(looked::set);
        Map<Integer, String> texts = new HashMap<>();
        for (Chunk chunk : chunks) {
            if (chunk.mayHave(looked)) {
                Span span = chunk.source().load();
                for (int i = 0; i < span.count(); i++) {
                    if (looked.get(span.index(i))) {
                        texts.put(span.index(i), span.text(i));
                    }
                }
            }
        }
        return texts;
    }

    /// These records without the rejected ones.
    public Records without(Collection<RejectedRecord> rejected) {
        BitSet out = new BitSet();
        rejected.forEach(record -> out.set(record.index()));
        return of(chunks.stream().map(chunk -> chunk.without(out)).toList(), partitionBy);
    }
}
