package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// A batch's records: where they stand in the request's body, and what they look like together. Immutable;
/// the body isn't copied.
public final class Records {

    private final byte[] body;
    private final int[] starts;
    private final int[] ends;
    private final int[] indexes;
    private final ObjectShape shape;

    private Records(byte[] body, int[] starts, int[] ends, int[] indexes, ObjectShape shape) {
        this.body = body;
        this.starts = starts;
        this.ends = ends;
        this.indexes = indexes;
        this.shape = shape;
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
        Offsets offsets = new Offsets();
        ObjectShape shape = new ObjectShape();
        RecordScanner scanner = new RecordScanner(parser);
        List<RejectedRecord> rejected = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            int index = offsets.size();
            try {
                scanner.scan(shape);
                checkSize(start, endOf(parser), maxRecordBytes);
            } catch (RecordProblem problem) {
                rejected.add(new RejectedRecord(index, problem.field(), problem.reason()));
            }
            offsets.add(start, endOf(parser));
        }
        int[] indexes = IntStream.range(0, offsets.size()).toArray();
        return new Scan(new Records(body, offsets.starts(), offsets.ends(), indexes, shape), rejected);
    }

    private static int endOf(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    private static void checkSize(int start, int end, int maxRecordBytes) {
        if (end - start > maxRecordBytes) {
            throw new RecordProblem(
                    "", "the record has %d bytes; at most %d were expected".formatted(end - start, maxRecordBytes));
        }
    }

    /// How many records there are.
    public int count() {
        return starts.length;
    }

    /// How many bytes they have together.
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < starts.length; i++) {
            bytes += ends[i] - starts[i];
        }
        return bytes;
    }

    public ObjectShape shape() {
        return shape;
    }

    /// The record's index in the batch as it was sent.
    int index(int position) {
        return indexes[position];
    }

    /// Where the body has the record's first byte.
    int start(int index) {
        return starts[index];
    }

    /// Where the body has the first byte behind the record.
    int end(int index) {
        return ends[index];
    }

    byte[] body() {
        return body;
    }

    /// The shape of the records from index `from` up to, but without, `to`.
    ObjectShape shapeOf(int from, int to) {
        ObjectShape part = new ObjectShape();
        for (int i = from; i < to; i++) {
            scanInto(i, part);
        }
        return part;
    }

    private void scanInto(int index, ObjectShape target) {
        try (JsonParser parser = JsonFactories.parser(body, starts[index], ends[index] - starts[index])) {
            parser.nextToken();
            new RecordScanner(parser).scan(target);
        } catch (IOException e) {
            throw new IllegalStateException("a record that was scanned before can't be read again", e);
        }
    }

    /// The texts of the records with these indexes, as they came.
    public Map<Integer, String> texts(Collection<Integer> wanted) {
        Set<Integer> looked = Set.copyOf(wanted);
        Map<Integer, String> texts = new HashMap<>();
        for (int i = 0; i < starts.length; i++) {
            if (looked.contains(indexes[i])) {
                texts.put(indexes[i], new String(body, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /// These records without the rejected ones.
    public Records without(Collection<RejectedRecord> rejected) {
        BitSet out = new BitSet();
        rejected.forEach(record -> out.set(record.index()));
        int[] kept = IntStream.range(0, starts.length)
                .filter(i -> !out.get(indexes[i]))
                .toArray();
        ObjectShape keptShape = new ObjectShape();
        for (int i : kept) {
            scanInto(i, keptShape);
        }
        return new Records(body, pick(starts, kept), pick(ends, kept), pick(indexes, kept), keptShape);
    }

    private static int[] pick(int[] from, int[] positions) {
        return Arrays.stream(positions).map(i -> from[i]).toArray();
    }

    /// Growing arrays of byte offsets.
    private static final class Offsets {

        private int[] starts = new int[64];
        private int[] ends = new int[64];
        private int size;

        void add(int start, int end) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
            }
            starts[size] = start;
            ends[size++] = end;
        }

        int size() {
            return size;
        }

        int[] starts() {
            return Arrays.copyOf(starts, size);
        }

        int[] ends() {
            return Arrays.copyOf(ends, size);
        }
    }
}
