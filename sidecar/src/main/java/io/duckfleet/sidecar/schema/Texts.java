package io.duckfleet.sidecar.schema;

import java.time.YearMonth;

/// What a text value is: an ISO date, an ISO date-time, an integer in canonical form, or just text. Only
/// forms that keep their value as DATE, TIMESTAMP (microseconds) and BIGINT count.
final class Texts {

    private static final int DATE_LENGTH = 10;
    private static final int MAX_INT_DIGITS = 15;
    private static final int MICRO_DIGITS = 6;

    private Texts() {}

    static ValueKind kindOf(CharSequence text) {
        int length = text.length();
        if (length == 0) {
            return ValueKind.TEXT;
        }
        char first = text.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            if (length >= DATE_LENGTH && text.charAt(4) == '-') {
                return temporalKind(text, length);
            }
            return isCanonicalInt(text, length) ? ValueKind.INT_TEXT : ValueKind.TEXT;
        }
        return ValueKind.TEXT;
    }

    /// Whether half of a surrogate pair stands alone: such a text is no Unicode, and no UTF-8 can hold it.
    static boolean hasLoneSurrogate(CharSequence text) {
        int length = text.length();
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                return true;
            }
            i += pair ? 2 : 1;
        }
        return false;
    }

    private static boolean isCanonicalInt(CharSequence text, int length) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int digits = length - start;
        if (digits == 0 || digits > MAX_INT_DIGITS) {
            return false;
        }
        if (text.charAt(start) == '0') {
            return digits == 1 && start == 0;
        }
        return areDigits(text, start, length);
    }

    private static ValueKind temporalKind(CharSequence text, int length) {
        if (!isDate(text)) {
            return ValueKind.TEXT;
        }
        if (length == DATE_LENGTH) {
            return ValueKind.DATE_TEXT;
        }
        char separator = text.charAt(DATE_LENGTH);
        if (separator != 'T' && separator != ' ') {
            return ValueKind.TEXT;
        }
        int end = endOfTime(text, DATE_LENGTH + 1, length);
        if (end < 0) {
            return ValueKind.TEXT;
        }
        if (end == length) {
            return ValueKind.TIMESTAMP_TEXT;
        }
        return isZone(text, end, length) ? ValueKind.TIMESTAMPTZ_TEXT : ValueKind.TEXT;
    }

    private static boolean isDate(CharSequence text) {
        if (text.charAt(7) != '-' || !areDigits(text, 0, 4) || !areDigits(text, 5, 7) || !areDigits(text, 8, 10)) {
            return false;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /// Where `HH:MM:SS[.ffffff]` ends that begins at `start`, or -1. DuckDB's cast wants the seconds when a
    /// zone follows, so they are always wanted.
    private static int endOfTime(CharSequence text, int start, int length) {
        int end = start + 8;
        if (end > length
                || text.charAt(start + 2) != ':'
                || text.charAt(start + 5) != ':'
                || !isBelow(text, start, 24)
                || !isBelow(text, start + 3, 60)
                || !isBelow(text, start + 6, 60)) {
            return -1;
        }
        if (end == length || text.charAt(end) != '.') {
            return end;
        }
        int fraction = end + 1;
        int last = fraction;
        while (last < length && isDigit(text.charAt(last))) {
            last++;
        }
        return last == fraction || last - fraction > MICRO_DIGITS ? -1 : last;
    }

    private static boolean isZone(CharSequence text, int start, int length) {
        char sign = text.charAt(start);
        if (sign == 'Z') {
            return length == start + 1;
        }
        if ((sign != '+' && sign != '-') || length < start + 3 || !isBelow(text, start + 1, 16)) {
            return false;
        }
        if (length == start + 3) {
            return true;
        }
        return length == start + 6 && text.charAt(start + 3) == ':' && isBelow(text, start + 4, 60);
    }

    private static boolean isBelow(CharSequence text, int start, int bound) {
        return areDigits(text, start, start + 2) && number(text, start, start + 2) < bound;
    }

    private static boolean areDigits(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(CharSequence text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
