package io.duckfleet.datanode.load;

/// Where the sample has no quotes, DuckDB reads without any, and later ones would be taken for text in
/// silence. Which they are can only be told from all records.
final class LateQuotes {

    private static final byte[] NONE = {};

    private LateQuotes() {}

    /// The quotes that a file of this dialect must not have, going by the sample that was just read.
    static byte[] unexpected(CsvDialect dialect, ChunkReader sample, ReadOptions options) {
        if (!dialect.quote().isEmpty() || options.has(ReadOption.QUOTE)) {
            return NONE;
        }
        boolean single = sample.sniffedHas((byte) '\'');
        if (sample.sniffedHas((byte) '"')) {
            return single ? NONE : new byte[] {'\''};
        }
        return single ? new byte[] {'"'} : new byte[] {'"', '\''};
    }
}
