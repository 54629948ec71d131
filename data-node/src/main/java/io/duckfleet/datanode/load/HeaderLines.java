package io.duckfleet.datanode.load;

/// Where a file's records begin.
final class HeaderLines {

    private HeaderLines() {}

    /// The offset behind the lines that are skipped and the header. A header with line breaks within quotes
    /// ends too early here; its rest is looked at like a record then, which at worst reads a file as a whole.
    static int end(CsvDialect dialect, byte[] bytes, int length) {
        long lines = dialect.skippedRows() + (dialect.hasHeader() ? 1 : 0);
        byte lineEnd = (byte) (dialect.newLine().equals("\\r") ? '\r' : '\n');
        int i = 0;
        while (lines > 0 && i < length) {
            if (bytes[i++] == lineEnd) {
                lines--;
            }
        }
        return i;
    }
}
