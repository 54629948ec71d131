package io.duckfleet.datanode.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Whether bytes are UTF-8 without NUL. Nearly all files are ASCII, which is seen eight bytes at a time.
final class PlainText {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int DECODED_CHARACTERS = 1 << 13;

    private PlainText() {}

    static boolean isPlain(byte[] bytes, int from, int to) {
        long high = 0;
        long zeros = 0;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORD.get(bytes, i);
            high |= word;
            zeros |= (word - ONES) & ~word;
        }
        for (; i < to; i++) {
            high |= bytes[i];
            zeros |= bytes[i] == 0 ? HIGH_BITS : 0;
        }
        return (zeros & HIGH_BITS) == 0 && ((high & HIGH_BITS) == 0 || isUnicode(bytes, from, to));
    }

    private static boolean isUnicode(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(DECODED_CHARACTERS);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isUnderflow();
    }
}
