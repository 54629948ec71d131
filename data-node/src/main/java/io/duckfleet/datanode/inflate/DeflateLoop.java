package io.duckfleet.datanode.inflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/// The loop in which nearly all time is spent: symbols to bytes. It is one method, so that input, output and
/// bits stay in registers. Eight bytes are loaded and copied at a time, also beyond a match's end: output
/// needs [#SLACK] bytes behind its limit, input [BitInput#AHEAD].
final class DeflateLoop {

    /// A match of 258 bytes that begins at the limit, three literals, and the last word's overhang.
    static final int SLACK = 288;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD_BYTES = 8;
    /// Whole bytes that fit beside up to seven bits that are there already.
    private static final int WORD_BITS = 56;

    private DeflateLoop() {}

    /// Decodes until the block's end, the input's limit or the output's.
    ///
    /// @param floor where the bytes begin that a match may reach back to
    /// @return the position behind what was written, as its complement if the block has ended
    static int run(DeflateCodes codes, BitInput input, byte[] out, int begin, int outLimit, int floor)
            throws ZipException {
        final int[] literals = codes.literals.entries;
        final int[] distances = codes.distances.entries;
        final int literalMask = (1 << codes.literals.rootBits) - 1;
        final int distanceMask = (1 << codes.distances.rootBits) - 1;
        final byte[] in = input.buffer;
        final int inLimit = input.limit();
        int inPosition = input.position;
        long bits = input.bits;
        int count = input.count;
        int position = begin;
        boolean ended = false;
        while (inPosition < inLimit && position < outLimit) {
            bits |= (long) WORD.get(in, inPosition) << count;
            inPosition += (Long.SIZE - 1 - count) >>> 3;
            count |= WORD_BITS;
            int entry = literals[(int) bits & literalMask];
            if ((entry & HuffmanTable.LITERAL) != 0) {
                out[position++] = (byte) (entry >>> HuffmanTable.CODE_SHIFT);
                bits >>>= entry;
                count -= entry & HuffmanTable.USED_MASK;
                entry = literals[(int) bits & literalMask];
                if ((entry & HuffmanTable.LITERAL) != 0) {
                    out[position++] = (byte) (entry >>> HuffmanTable.CODE_SHIFT);
                    bits >>>= entry;
                    count -= entry & HuffmanTable.USED_MASK;
                    entry = literals[(int) bits & literalMask];
                    if ((entry & HuffmanTable.LITERAL) != 0) {
                        out[position++] = (byte) (entry >>> HuffmanTable.CODE_SHIFT);
                        bits >>>= entry;
                        count -= entry & HuffmanTable.USED_MASK;
                        continue;
                    }
                }
                bits |= (long) WORD.get(in, inPosition) << count;
                inPosition += (Long.SIZE - 1 - count) >>> 3;
                count |= WORD_BITS;
            }
            if ((entry & HuffmanTable.SPECIAL) != 0) {
                if ((entry & HuffmanTable.LINK) != 0) {
                    bits >>>= entry;
                    count -= entry & HuffmanTable.USED_MASK;
                    entry = literals[
                            (entry >>> HuffmanTable.BASE_SHIFT & HuffmanTable.BASE_MASK)
                                    + ((int) bits
                                            & ((1 << (entry >>> HuffmanTable.CODE_SHIFT & HuffmanTable.CODE_MASK))
                                                    - 1))];
                    if ((entry & HuffmanTable.LITERAL) != 0) {
                        out[position++] = (byte) (entry >>> HuffmanTable.CODE_SHIFT);
                        bits >>>= entry;
                        count -= entry & HuffmanTable.USED_MASK;
                        continue;
                    }
                }
                if ((entry & HuffmanTable.END) != 0) {
                    bits >>>= entry;
                    count -= entry & HuffmanTable.USED_MASK;
                    ended = true;
                    break;
                }
                if ((entry & HuffmanTable.SPECIAL) != 0) {
                    throw new ZipException("a code in a block means nothing");
                }
            }
            int value = (int) bits & ((1 << entry) - 1);
            bits >>>= entry;
            count -= entry & HuffmanTable.USED_MASK;
            int length = (entry >>> HuffmanTable.BASE_SHIFT)
                    + (value >>> (entry >>> HuffmanTable.CODE_SHIFT & HuffmanTable.CODE_MASK));
            entry = distances[(int) bits & distanceMask];
            if ((entry & HuffmanTable.SPECIAL) != 0) {
                if ((entry & HuffmanTable.LINK) == 0) {
                    throw new ZipException("a distance in a block means nothing");
                }
                bits >>>= entry;
                count -= entry & HuffmanTable.USED_MASK;
                entry = distances[
                        (entry >>> HuffmanTable.BASE_SHIFT & HuffmanTable.BASE_MASK)
                                + ((int) bits
                                        & ((1 << (entry >>> HuffmanTable.CODE_SHIFT & HuffmanTable.CODE_MASK)) - 1))];
                if ((entry & HuffmanTable.SPECIAL) != 0) {
                    throw new ZipException("a distance in a block means nothing");
                }
            }
            value = (int) bits & ((1 << entry) - 1);
            bits >>>= entry;
            count -= entry & HuffmanTable.USED_MASK;
            int distance = (entry >>> HuffmanTable.BASE_SHIFT)
                    + (value >>> (entry >>> HuffmanTable.CODE_SHIFT & HuffmanTable.CODE_MASK));
            int from = position - distance;
            if (from < floor) {
                throw new ZipException("a distance reaches back before the beginning");
            }
            int to = position;
            position += length;
            if (distance >= WORD_BYTES) {
                WORD.set(out, to, (long) WORD.get(out, from));
                for (to += WORD_BYTES; to < position; to += WORD_BYTES) {
                    from += WORD_BYTES;
                    WORD.set(out, to, (long) WORD.get(out, from));
                }
            } else {
                while (to < position) {
                    out[to++] = out[from++];
                }
            }
        }
        input.position = inPosition;
        input.bits = bits & ((1L << count) - 1);
        input.count = count;
        return ended ? ~position : position;
    }
}
