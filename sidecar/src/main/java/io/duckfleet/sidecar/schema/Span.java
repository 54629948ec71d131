package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Records that stand in one array of bytes: where each begins and ends, and its index in the batch as it was
/// sent. Immutable; the bytes aren't copied.
public final class Span {

    private final byte[] body;
    private final int[] starts;
    private final int[] ends;
    private final int[] indexes;

    Span(byte[] body, int[] starts, int[] ends, int[] indexes) {
        this.body = body;
        this.starts = starts;
        this.ends = ends;
        this.indexes = indexes;
    }

    /// The records with indexes from `first` on, in order.
    static Span numbered(byte[] body, int[] starts, int[] ends, int first) {
        return new Span(
                body,
                starts,
                ends,
                IntStream.range(first, first + starts.length).toArray());
    }

    public int count() {
        return starts.length;
    }

    /// How many bytes the records have together.
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < starts.length; i++) {
            bytes += ends[i] - starts[i];
        }
        return bytes;
    }

    byte[] body() {
        return body;
    }

    /// Where the body has the record's first byte.
    int start(int position) {
        return starts[position];
    }

    /// Where the body has the first byte behind the record.
    int end(int position) {
        return ends[position];
    }

    /// The record's index in the batch as it was sent.
    int index(int position) {
        return indexes[position];
    }

    /// The record as it came.
    String text(int position) {
        return new String(body, starts[position], ends[position] - starts[position], StandardCharsets.UTF_8);
    }

    /// The shape of the records from position `from` up to, but without, `to`; they were scanned before.
    ObjectShape shapeOf(int from, int to) {
        ObjectShape part = new ObjectShape();
        for (int i = from; i < to; i++) {
            scanInto(i, part);
        }
        return part;
    }

    private void scanInto(int position, ObjectShape target) {
        try (JsonParser parser = JsonFactories.parser(body, starts[position], ends[position] - starts[position])) {
            parser.nextToken();
            new RecordScanner(parser).scan(target);
        } catch (IOException e) {
            throw new IllegalStateException("a record that was scanned before can't be read again", e);
        }
    }

    /// These records without those whose index is in `out`.
    Span without(BitSet out) {
        int[] kept = IntStream.range(0, starts.length)
                .filter(i -> !out.get(indexes[i]))
                .toArray();
        return new Span(body, pick(starts, kept), pick(ends, kept), pick(indexes, kept));
    }

    /// The span as bytes, to be read again by [#readFrom].
    public ByteBuffer[] toBytes() {
        int length = count() == 0 ? 0 : ends[count() - 1];
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES * (2 + 3 * count()));
        head.putInt(count()).putInt(length);
        head.asIntBuffer().put(starts).put(ends).put(indexes);
        return new ByteBuffer[] {head.clear(), ByteBuffer.wrap(body, 0, length)};
    }

    /// The span that was written as `bytes`.
    public static Span readFrom(ByteBuffer bytes) {
        int count = bytes.getInt();
        byte[] body = new byte[bytes.getInt()];
        int[] numbers = new int[3 * count];
        bytes.asIntBuffer().get(numbers);
        bytes.position(bytes.position() + Integer.BYTES * numbers.length).get(body);
        return new Span(
                body,
                Arrays.copyOfRange(numbers, 0, count),
                Arrays.copyOfRange(numbers, count, 2 * count),
                Arrays.copyOfRange(numbers, 2 * count, 3 * count));
    }

    private static int[] pick(int[] from, int[] positions) {
        return Arrays.stream(positions).map(i -> from[i]).toArray();
    }
}
