package io.duckfleet.datanode.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks for bytes eight at a time: a byte of a word is zero where it equals the one that is looked for, and
/// arithmetic tells the first zero byte of a word.
public final class ByteSearch {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteSearch() {}

    /// A word that has `wanted` in each of its bytes.
    public static long pattern(byte wanted) {
        return ONES * (wanted & 0xff);
    }

    /// The first index from `from` on that has `wanted`; `to` if none has.
    public static int indexOf(byte wanted, byte[] buffer, int from, int to) {
        return indexOfAny(pattern(wanted), pattern(wanted), pattern(wanted), buffer, from, to);
    }

    /// The first index from `from` on that has the byte of one of the patterns; `to` if none has.
    public static int indexOfAny(long one, long two, long three, byte[] buffer, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES) {
            long word = (long) WORD.get(buffer, i);
            long found = zeros(word ^ one) | zeros(word ^ two) | zeros(word ^ three);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < to && buffer[i] != (byte) one && buffer[i] != (byte) two && buffer[i] != (byte) three) {
            i++;
        }
        return i;
    }

    /// The high bit of each byte that is zero, up to the first of them at least; those behind it may be set
    /// without reason.
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
