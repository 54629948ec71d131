package io.duckfleet.datanode.load;

import io.duckfleet.datanode.parse.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Looks for values that DuckDB would bend to a column's type in silence, although its sniffer, had it seen
/// them, would have chosen another type: `007` and `2.5` in a column of integers, `1` in one of booleans.
/// Fields are told apart by delimiter and line end alone where a chunk has no quotes. Thread-safe.
final class CanonicalValues {

    private static final int NO_QUOTE = -1;
    private static final long LINE_FEED = ByteSearch.pattern((byte) '\n');
    private static final long CARRIAGE_RETURN = ByteSearch.pattern((byte) '\r');

    private enum Rule {
        ANY,
        INTEGER,
        NUMBER,
        BOOLEAN,
        TIME,
        DATE
    }

    private final Rule[] rules;
    private final byte delimiter;
    private final long delimiterPattern;
    private final int quote;
    private final int escape;
    private final boolean isNeeded;

    private CanonicalValues(Rule[] rules, byte delimiter, int quote, int escape, boolean isNeeded) {
        this.rules = rules;
        this.delimiter = delimiter;
        this.delimiterPattern = ByteSearch.pattern(delimiter);
        this.quote = quote;
        this.escape = escape;
        this.isNeeded = isNeeded;
    }

    /// What a file of this dialect may have. Types that the caller has chosen aren't questioned.
    static CanonicalValues of(CsvDialect dialect, ReadOptions options) {
        Rule[] rules = dialect.columns().stream().map(CanonicalValues::rule).toArray(Rule[]::new);
        boolean needed = !options.has(ReadOption.TYPES)
                && !options.has(ReadOption.SAMPLE_SIZE)
                && !options.has(ReadOption.DECIMAL_SEPARATOR)
                && !options.has(ReadOption.THOUSANDS)
                && dialect.delimiter().length() == 1
                && !Arrays.stream(rules).allMatch(Rule.ANY::equals);
        return new CanonicalValues(
                rules,
                (byte)
                        (dialect.delimiter().isEmpty()
                                ? ','
                                : dialect.delimiter().charAt(0)),
                dialect.quote().isEmpty() ? NO_QUOTE : dialect.quote().charAt(0),
                dialect.escape().isEmpty() ? NO_QUOTE : dialect.escape().charAt(0),
                needed);
    }

    private static Rule rule(CsvDialect.Column column) {
        return switch (column.type()) {
            case "BIGINT" -> Rule.INTEGER;
            case "DOUBLE" -> Rule.NUMBER;
            case "BOOLEAN" -> Rule.BOOLEAN;
            case "TIME" -> Rule.TIME;
            case "DATE" -> Rule.DATE;
            default -> Rule.ANY;
        };
    }

    /// Looks at all fields from `begin` on, where a record starts.
    ///
    /// @throws CsvMismatchException if one is not what its column's type promises
    void require(byte[] bytes, int begin, int length) {
        int column = 0;
        int position = begin;
        while (isNeeded && position < length) {
            int end = endOfField(bytes, position, length);
            if (column < rules.length && rules[column] != Rule.ANY) {
                check(rules[column], bytes, position, end);
            }
            column = end < length && bytes[end] == delimiter ? column + 1 : 0;
            position = end + 1;
        }
    }

    private int endOfField(byte[] bytes, int from, int length) {
        int unquoted = quote != NO_QUOTE && bytes[from] == quote ? afterQuotes(bytes, from + 1, length) : from;
        return ByteSearch.indexOfAny(delimiterPattern, LINE_FEED, CARRIAGE_RETURN, bytes, unquoted, length);
    }

    private int afterQuotes(byte[] bytes, int from, int length) {
        int i = from;
        while (i < length) {
            if (bytes[i] == escape && i + 1 < length && (bytes[i + 1] == quote || bytes[i + 1] == escape)) {
                i += 2;
            } else if (bytes[i] == quote) {
                return i + 1;
            } else {
                i++;
            }
        }
        return length;
    }

    private void check(Rule rule, byte[] bytes, int from, int to) {
        int begin = from;
        int end = to;
        if (end - begin >= 2 && quote != NO_QUOTE && bytes[begin] == quote) {
            begin++;
            end--;
        }
        while (begin < end && bytes[begin] == ' ') {
            begin++;
        }
        if (begin < end && !fits(rule, bytes, begin, end)) {
            throw new CsvMismatchException("the value %s appears late, its meaning depends on all records"
                    .formatted(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        }
    }

    private static boolean fits(Rule rule, byte[] bytes, int begin, int end) {
        return switch (rule) {
            case ANY -> true;
            case INTEGER -> isInteger(bytes, begin, end);
            case NUMBER -> isNumber(bytes, begin, end);
            case BOOLEAN -> !isDigit(bytes[begin]);
            case TIME -> isDigit(bytes[begin]) && hasNone((byte) '-', bytes, begin, end);
            case DATE -> isDigit(bytes[begin]);
        };
    }

    private static boolean isInteger(byte[] bytes, int from, int to) {
        int i = bytes[from] == '-' ? from + 1 : from;
        if (i == to || (bytes[i] == '0' && i + 1 < to && bytes[i + 1] != ' ')) {
            return false;
        }
        while (i < to && isDigit(bytes[i])) {
            i++;
        }
        while (i < to && bytes[i] == ' ') {
            i++;
        }
        return i == to;
    }

    private static boolean isNumber(byte[] bytes, int from, int to) {
        int i = bytes[from] == '-' ? from + 1 : from;
        boolean zeros = i + 1 < to && bytes[i] == '0' && isDigit(bytes[i + 1]);
        return i < to && !zeros && bytes[i] != '+' && bytes[to - 1] != ' ' && hasNone((byte) '_', bytes, i, to);
    }

    private static boolean hasNone(byte unwanted, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == unwanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
