package io.duckfleet.datanode.load;

import io.duckfleet.datanode.parse.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Finds where the last whole record of a buffer ends. A line break within quotes ends no record; a quote
/// opens only at the start of a field (spaces before it don't count), as in DuckDB's reader. Buffers start
/// with a record.
final class RecordCutter {

    private static final byte SPACE = ' ';
    private static final int NO_QUOTE = -1;

    private final byte[] delimiter;
    private final int quote;
    private final int escape;
    private final byte lineEnd;
    private final byte[] unexpected;

    /// `unexpected` are characters that no buffer may have: quotes of which the sample had none, so that
    /// nobody knows what they mean.
    RecordCutter(CsvDialect dialect, byte... unexpected) {
        delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        quote = dialect.quote().isEmpty() ? NO_QUOTE : dialect.quote().charAt(0);
        escape = dialect.escape().isEmpty() ? quote : dialect.escape().charAt(0);
        this.unexpected = unexpected;
        lineEnd = (byte) (dialect.newLine().equals("\\r") ? '\r' : '\n');
    }

    /// The offset behind the last record that ends before `length`, if one does.
    ///
    /// @throws CsvMismatchException if there is an unexpected character
    OptionalInt lastEnd(byte[] buffer, int length) {
        requireNothingUnexpected(buffer, length);
        int firstQuote = quote == NO_QUOTE ? length : ByteSearch.indexOf((byte) quote, buffer, 0, length);
        int end = firstQuote == length ? lastLineEnd(buffer, length) : lastEndOutsideQuotes(buffer, firstQuote, length);
        return end == 0 ? OptionalInt.empty() : OptionalInt.of(end);
    }

    void requireNothingUnexpected(byte[] buffer, int length) {
        for (byte wanted : unexpected) {
            if (ByteSearch.indexOf(wanted, buffer, 0, length) < length) {
                throw new CsvMismatchException(
                        "%c appears late, its meaning depends on all records".formatted((char) wanted));
            }
        }
    }

    private int lastLineEnd(byte[] buffer, int length) {
        int i = length - 1;
        while (i >= 0 && buffer[i] != lineEnd) {
            i--;
        }
        return i + 1;
    }

    /// Goes from quoted field to quoted field: only what lies between them can end a record. What comes
    /// before `from`, the first quote, is between fields as well.
    private int lastEndOutsideQuotes(byte[] buffer, int from, int length) {
        int end = lastLineEnd(buffer, from);
        int position = from;
        while (position < length) {
            int open = position;
            if (isFieldStart(buffer, open)) {
                position = afterClosingQuote(buffer, open + 1, length);
            } else {
                position = open + 1;
            }
            int next = ByteSearch.indexOf((byte) quote, buffer, position, length);
            end = Math.max(end, lastLineEndWithin(buffer, position, next));
            position = next;
        }
        return end;
    }

    private int lastLineEndWithin(byte[] buffer, int from, int to) {
        int i = to - 1;
        while (i >= from && buffer[i] != lineEnd) {
            i--;
        }
        return i < from ? 0 : i + 1;
    }

    private boolean isFieldStart(byte[] buffer, int position) {
        int i = position - 1;
        while (i >= 0 && buffer[i] == SPACE && delimiter[delimiter.length - 1] != SPACE) {
            i--;
        }
        return i < 0 || buffer[i] == '\n' || buffer[i] == '\r' || endsWithDelimiter(buffer, i);
    }

    private boolean endsWithDelimiter(byte[] buffer, int last) {
        if (last + 1 < delimiter.length) {
            return false;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[last - i] != delimiter[delimiter.length - 1 - i]) {
                return false;
            }
        }
        return true;
    }

    /// The offset behind the quote that closes the field whose content starts at `from`; `length` if none
    /// does.
    private int afterClosingQuote(byte[] buffer, int from, int length) {
        int i = from;
        while (i < length) {
            if (buffer[i] == escape && i + 1 < length && (buffer[i + 1] == quote || buffer[i + 1] == escape)) {
                i += 2;
            } else if (buffer[i] == quote) {
                return i + 1;
            } else {
                i++;
            }
        }
        return length;
    }
}
