package io.duckfleet.datanode.inflate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The compressed bytes as bits, lowest first. `bits` holds the next `count` bits; `position` is behind them.
/// At the stream's end zeros are added, so that the decoder may read ahead; [#requireNotBeyondEnd()] tells
/// whether it has used any. For one thread.
final class BitInput {

    /// The decoder may read so many bytes at `position` without asking.
    static final int AHEAD = 16;

    private static final int BUFFER_BYTES = 1 << 18;
    private static final int BYTE_BITS = 8;
    private static final int BYTE_MASK = 0xff;

    final byte[] buffer = new byte[BUFFER_BYTES + 2 * AHEAD];
    int position;
    long bits;
    int count;

    private final InputStream source;
    private int end;
    private boolean atEnd;

    BitInput(InputStream source) {
        this.source = source;
    }

    /// Where the decoder must stop and call [#fill()]: from there on fewer than [#AHEAD] bytes may follow.
    int limit() {
        return atEnd ? end + AHEAD : end - AHEAD;
    }

    /// Reads on if fewer than [#AHEAD] bytes are there.
    ///
    /// @throws EOFException if more than the stream's bytes were used
    void fill() throws IOException {
        if (position < limit()) {
            return;
        }
        if (atEnd) {
            throw new EOFException("the compressed data ends too early");
        }
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        while (!atEnd && end < BUFFER_BYTES) {
            int read = source.read(buffer, end, BUFFER_BYTES - end);
            atEnd = read < 0;
            end += Math.max(read, 0);
        }
        if (atEnd) {
            Arrays.fill(buffer, end, Math.min(buffer.length, end + 2 * AHEAD), (byte) 0);
        }
    }

    /// @throws EOFException if bits behind the stream's end were used
    void requireNotBeyondEnd() throws EOFException {
        if (atEnd && position - count / BYTE_BITS > end) {
            throw new EOFException("the compressed data ends too early");
        }
    }

    /// The next `wanted` bits, at most 16, as a number.
    int take(int wanted) throws IOException {
        need(wanted);
        int value = (int) bits & ((1 << wanted) - 1);
        drop(wanted);
        return value;
    }

    /// Makes `wanted` bits, at most 48, be there.
    void need(int wanted) throws IOException {
        if (count < wanted) {
            fill();
            while (count <= Long.SIZE - 2 * BYTE_BITS) {
                bits |= (long) (buffer[position++] & BYTE_MASK) << count;
                count += BYTE_BITS;
            }
        }
    }

    void drop(int used) {
        bits >>>= used;
        count -= used;
    }

    /// Goes on at the next whole byte.
    void alignToByte() {
        position -= count / BYTE_BITS;
        bits = 0;
        count = 0;
    }

    /// Copies up to `length` whole bytes; call it only when aligned.
    int copy(byte[] target, int offset, int length) throws IOException {
        fill();
        int available = Math.min(length, (atEnd ? end : limit()) - position);
        if (available <= 0) {
            throw new EOFException("the compressed data ends too early");
        }
        System.arraycopy(buffer, position, target, offset, available);
        position += available;
        return available;
    }

    /// Whether a whole byte follows; call it only when aligned.
    boolean hasMore() throws IOException {
        if (atEnd) {
            return position < end;
        }
        fill();
        return position < end;
    }
}
