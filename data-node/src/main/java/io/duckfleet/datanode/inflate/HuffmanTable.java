package io.duckfleet.datanode.inflate;

import java.util.Arrays;
import java.util.zip.ZipException;

/// A Huffman code as a table that is indexed by the next bits. Codes longer than `rootBits` go by a second
/// table. An entry is an `int`:
///
/// - bits 0 to 5: how many bits it uses, those of the code and the extra ones of a length or distance
/// - bits 6 and 7: set for a literal, which bits 8 to 15 are
/// - bits 8 to 12: how many bits the code itself has (of a link: the bits that index the second table)
/// - bits 13 to 15: [#END], [#LINK], [#SPECIAL] (set with either, and alone for what no code has)
/// - bits 16 to 30: the base of a length or distance (of a link: where the second table begins)
final class HuffmanTable {

    static final int LITERAL = 0xc0;
    static final int END = 0x2000;
    static final int LINK = 0x4000;
    static final int SPECIAL = 0x8000;
    static final int USED_MASK = 0x3f;
    static final int CODE_SHIFT = 8;
    static final int CODE_MASK = 0x1f;
    static final int BASE_SHIFT = 16;
    static final int BASE_MASK = 0x7fff;

    static final int LONGEST_CODE = 15;

    /// What a symbol means, given how many bits its code has (in this table).
    @FunctionalInterface
    interface Meaning {
        int entry(int symbol, int codeBits);
    }

    final int[] entries;
    final int rootBits;
    private final Meaning meaning;
    private int used;

    /// @param symbols how many there are at most
    HuffmanTable(int rootBits, int symbols, Meaning meaning) {
        this.rootBits = rootBits;
        this.meaning = meaning;
        this.entries = new int[(1 << rootBits) + (symbols << (LONGEST_CODE - rootBits))];
    }

    /// Fills the table for codes of these lengths (0 for symbols that don't occur).
    ///
    /// @throws ZipException if there are more codes than bits can tell apart
    void build(byte[] lengths, int from, int to) throws ZipException {
        int[] counts = counts(lengths, from, to);
        int[] next = firstCodes(counts);
        int longest = longest(counts);
        used = 1 << rootBits;
        Arrays.fill(entries, 0, used, SPECIAL | 1);
        for (int i = from; i < to; i++) {
            int length = lengths[i];
            if (length > 0) {
                int code = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
                add(i - from, code, length, longest);
            }
        }
    }

    private void add(int symbol, int code, int length, int longest) {
        if (length <= rootBits) {
            spread(meaning.entry(symbol, length), 0, rootBits, code, length);
            return;
        }
        int root = code & ((1 << rootBits) - 1);
        if ((entries[root] & LINK) == 0) {
            link(root, longest - rootBits);
        }
        int begin = entries[root] >>> BASE_SHIFT & BASE_MASK;
        spread(
                meaning.entry(symbol, length - rootBits),
                begin,
                longest - rootBits,
                code >>> rootBits,
                length - rootBits);
    }

    private void link(int root, int bits) {
        entries[root] = SPECIAL | LINK | bits << CODE_SHIFT | rootBits | used << BASE_SHIFT;
        Arrays.fill(entries, used, used + (1 << bits), SPECIAL | 1);
        used += 1 << bits;
    }

    /// An entry stands wherever the bits begin with its code.
    private void spread(int entry, int begin, int tableBits, int code, int length) {
        for (int i = code; i < 1 << tableBits; i += 1 << length) {
            entries[begin + i] = entry;
        }
    }

    private static int[] counts(byte[] lengths, int from, int to) {
        int[] counts = new int[LONGEST_CODE + 1];
        for (int i = from; i < to; i++) {
            counts[lengths[i]]++;
        }
        counts[0] = 0;
        return counts;
    }

    private static int[] firstCodes(int[] counts) throws ZipException {
        int[] next = new int[LONGEST_CODE + 1];
        int code = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            code = (code + counts[length - 1]) << 1;
            next[length] = code;
            if (code + counts[length] > 1 << length) {
                throw new ZipException("a Huffman code has too many codes of %d bits".formatted(length));
            }
        }
        return next;
    }

    private static int longest(int[] counts) {
        int longest = LONGEST_CODE;
        while (longest > 1 && counts[longest] == 0) {
            longest--;
        }
        return longest;
    }
}
