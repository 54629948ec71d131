package io.duckfleet.datanode.inflate;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipException;

/// The two codes of a block: that of literals and lengths, and that of distances (RFC 1951, section 3.2).
final class DeflateCodes {

    private static final int LITERAL_BITS = 11;
    private static final int DISTANCE_BITS = 9;
    private static final int ORDER_BITS = 7;

    private static final int END_OF_BLOCK = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int MOST_LITERALS = 288;
    private static final int MOST_DISTANCES = 32;
    private static final int USED_LITERALS = 286;
    private static final int USED_DISTANCES = 30;

    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] DISTANCE_EXTRA = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
    };
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    final HuffmanTable literals = new HuffmanTable(LITERAL_BITS, MOST_LITERALS, DeflateCodes::literalOrLength);
    final HuffmanTable distances = new HuffmanTable(DISTANCE_BITS, MOST_DISTANCES, DeflateCodes::distance);

    private final HuffmanTable lengthCodes = new HuffmanTable(ORDER_BITS, ORDER.length, DeflateCodes::codeLength);
    private final byte[] lengths = new byte[MOST_LITERALS + MOST_DISTANCES];

    /// The codes that need not be told (section 3.2.6).
    void useFixed() throws ZipException {
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, MOST_LITERALS, (byte) 8);
        Arrays.fill(lengths, MOST_LITERALS, MOST_LITERALS + MOST_DISTANCES, (byte) 5);
        literals.build(lengths, 0, MOST_LITERALS);
        distances.build(lengths, MOST_LITERALS, MOST_LITERALS + MOST_DISTANCES);
    }

    /// Reads the codes of a block (section 3.2.7).
    void read(BitInput input) throws IOException {
        int literalCount = input.take(5) + FIRST_LENGTH;
        int distanceCount = input.take(5) + 1;
        int orderCount = input.take(4) + 4;
        if (literalCount > USED_LITERALS || distanceCount > USED_DISTANCES) {
            throw new ZipException("a block has %d literals and %d distances".formatted(literalCount, distanceCount));
        }
        readLengthCodes(input, orderCount);
        readLengths(input, literalCount + distanceCount);
        if (lengths[END_OF_BLOCK] == 0) {
            throw new ZipException("a block has no end");
        }
        literals.build(lengths, 0, literalCount);
        distances.build(lengths, literalCount, literalCount + distanceCount);
    }

    private void readLengthCodes(BitInput input, int count) throws IOException {
        byte[] codeLengths = new byte[ORDER.length];
        for (int i = 0; i < count; i++) {
            codeLengths[ORDER[i]] = (byte) input.take(3);
        }
        lengthCodes.build(codeLengths, 0, codeLengths.length);
    }

    private void readLengths(BitInput input, int count) throws IOException {
        int i = 0;
        while (i < count) {
            int symbol = lengthSymbol(input);
            if (symbol <= HuffmanTable.LONGEST_CODE) {
                lengths[i++] = (byte) symbol;
            } else {
                i = repeat(input, symbol, i, count);
            }
        }
    }

    private int lengthSymbol(BitInput input) throws IOException {
        input.need(ORDER_BITS);
        int entry = lengthCodes.entries[(int) input.bits & ((1 << ORDER_BITS) - 1)];
        if ((entry & HuffmanTable.SPECIAL) != 0) {
            throw new ZipException("a block's code lengths can't be read");
        }
        input.drop(entry & HuffmanTable.USED_MASK);
        return entry >>> HuffmanTable.BASE_SHIFT;
    }

    private int repeat(BitInput input, int symbol, int from, int count) throws IOException {
        boolean previous = symbol == 16;
        if (previous && from == 0) {
            throw new ZipException("a block repeats a code length before the first");
        }
        byte value = previous ? lengths[from - 1] : 0;
        int to = from
                + switch (symbol) {
                    case 16 -> 3 + input.take(2);
                    case 17 -> 3 + input.take(3);
                    default -> 11 + input.take(7);
                };
        if (to > count) {
            throw new ZipException("a block has too many code lengths");
        }
        Arrays.fill(lengths, from, to, value);
        return to;
    }

    private static int literalOrLength(int symbol, int codeBits) {
        if (symbol < END_OF_BLOCK) {
            return HuffmanTable.LITERAL | symbol << HuffmanTable.CODE_SHIFT | codeBits;
        }
        if (symbol == END_OF_BLOCK) {
            return HuffmanTable.SPECIAL | HuffmanTable.END | codeBits;
        }
        int index = symbol - FIRST_LENGTH;
        return index < LENGTH_BASE.length
                ? value(LENGTH_BASE[index], codeBits, LENGTH_EXTRA[index])
                : HuffmanTable.SPECIAL | codeBits;
    }

    private static int distance(int symbol, int codeBits) {
        return symbol < DISTANCE_BASE.length
                ? value(DISTANCE_BASE[symbol], codeBits, DISTANCE_EXTRA[symbol])
                : HuffmanTable.SPECIAL | codeBits;
    }

    private static int codeLength(int symbol, int codeBits) {
        return value(symbol, codeBits, 0);
    }

    private static int value(int base, int codeBits, int extraBits) {
        return base << HuffmanTable.BASE_SHIFT | codeBits << HuffmanTable.CODE_SHIFT | (codeBits + extraBits);
    }
}
