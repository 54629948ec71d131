package io.duckfleet.datanode.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Parses canonical values. What has another form, though DuckDB may take it, is not plain.
final class PlainValues {

    /// Integers of so many digits fit into a long, and those of [#EXACT_DIGITS] into a double.
    private static final int SAFE_DIGITS = 18;
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final int DATE_LENGTH = 10;
    private static final int TIMESTAMP_LENGTH = 19;
    private static final int MOST_FRACTION_DIGITS = 6;
    /// Days from 0000-03-01 to 1970-01-01.
    private static final int MARCH_FIRST_OF_YEAR_0 = 719_468;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private PlainValues() {}

    /// `0`, or digits that begin with another one, perhaps after a minus.
    static long integer(byte[] bytes, int from, int to) throws NotPlainException {
        int first = bytes[from] == '-' ? from + 1 : from;
        int digits = to - first;
        if (digits < 1 || digits > SAFE_DIGITS || (bytes[first] == '0' && digits > 1)) {
            throw new NotPlainException();
        }
        long value = digits(bytes, first, to);
        return first == from ? value : -value;
    }

    /// Digits with digits after a point, or without. Up to 15 of them are exact in a double, as is the power
    /// of ten, so that one division rounds rightly; more are left to Java, which rounds rightly, too.
    static double number(byte[] bytes, int from, int to) throws NotPlainException {
        int first = bytes[from] == '-' ? from + 1 : from;
        int point = first;
        while (point < to && bytes[point] != '.') {
            point++;
        }
        int whole = point - first;
        int fraction = Math.max(0, to - point - 1);
        boolean isPlain = whole > 0 && (whole == 1 || bytes[first] != '0') && (point == to || fraction > 0);
        if (!isPlain) {
            throw new NotPlainException();
        }
        if (whole + fraction > EXACT_DIGITS) {
            return longNumber(bytes, from, first, point, to);
        }
        long digits = digits(bytes, first, point);
        if (fraction > 0) {
            digits = digits * (long) POWERS_OF_TEN[fraction] + digits(bytes, point + 1, to);
        }
        double value = (double) digits / POWERS_OF_TEN[fraction];
        return first == from ? value : -value;
    }

    private static double longNumber(byte[] bytes, int from, int first, int point, int to) throws NotPlainException {
        for (int i = first; i < to; i++) {
            if (i != point) {
                digit(bytes[i]);
            }
        }
        double value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (Double.isInfinite(value)) {
            throw new NotPlainException();
        }
        return value;
    }

    /// `2024-01-31`, as days since 1970.
    static int date(byte[] bytes, int from, int to) throws NotPlainException {
        if (to - from != DATE_LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            throw new NotPlainException();
        }
        int year = (int) digits(bytes, from, from + 4);
        int month = (int) digits(bytes, from + 5, from + 7);
        int day = (int) digits(bytes, from + 8, from + 10);
        boolean exists = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
        if (!exists) {
            throw new NotPlainException();
        }
        return epochDay(year, month, day);
    }

    private static int daysOf(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return 30 + ((month + (month >> 3)) & 1);
    }

    /// Years that begin in March have their leap day at the end, so that days before a month follow from its
    /// number alone.
    private static int epochDay(int year, int month, int day) {
        int shifted = month > 2 ? year : year - 1;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int daysBefore = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400;
        return daysBefore + (153 * monthFromMarch + 2) / 5 + day - 1 - MARCH_FIRST_OF_YEAR_0;
    }

    /// `2024-01-31 10:00:00`, perhaps with up to six digits after a point, as microseconds since 1970.
    static long timestamp(byte[] bytes, int from, int to) throws NotPlainException {
        int length = to - from;
        boolean isPlain = length >= TIMESTAMP_LENGTH
                && bytes[from + 10] == ' '
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':';
        if (!isPlain) {
            throw new NotPlainException();
        }
        long days = date(bytes, from, from + DATE_LENGTH);
        long hour = digits(bytes, from + 11, from + 13);
        long minute = digits(bytes, from + 14, from + 16);
        long second = digits(bytes, from + 17, from + 19);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new NotPlainException();
        }
        long seconds = days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
        return seconds * MICROS_PER_SECOND + micros(bytes, from + TIMESTAMP_LENGTH, to);
    }

    private static long micros(byte[] bytes, int from, int to) throws NotPlainException {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (bytes[from] != '.' || digits < 1 || digits > MOST_FRACTION_DIGITS) {
            throw new NotPlainException();
        }
        long value = digits(bytes, from + 1, to);
        for (int i = digits; i < MOST_FRACTION_DIGITS; i++) {
            value *= 10;
        }
        return value;
    }

    /// `true` or `false`.
    static boolean isTrue(byte[] bytes, int from, int to) throws NotPlainException {
        boolean isTrue = isWord(TRUE, bytes, from, to);
        if (!isTrue && !isWord(FALSE, bytes, from, to)) {
            throw new NotPlainException();
        }
        return isTrue;
    }

    private static boolean isWord(byte[] word, byte[] bytes, int from, int to) {
        return Arrays.equals(word, 0, word.length, bytes, from, to);
    }

    private static long digits(byte[] bytes, int from, int to) throws NotPlainException {
        long value = 0;
        int signs = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            signs |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        if (signs < 0) {
            throw new NotPlainException();
        }
        return value;
    }

    private static int digit(byte character) throws NotPlainException {
        int digit = character - '0';
        if (digit < 0 || digit > 9) {
            throw new NotPlainException();
        }
        return digit;
    }
}
