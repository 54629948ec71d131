package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;

/// What a number is: whether BIGINT or DOUBLE hold its value.
///
/// A literal of at most 17 significant digits counts as a DOUBLE (that is how programs print doubles); one
/// with more does only if a double has exactly its value.
final class Numbers {

    private static final long EXACT = 1L << 53;
    private static final int DOUBLE_DIGITS = 17;

    private Numbers() {}

    static ValueKind kindOfInteger(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return ValueKind.HUGE_INT;
        }
        long value = parser.getLongValue();
        return value >= -EXACT && value <= EXACT ? ValueKind.INT : ValueKind.LONG;
    }

    static ValueKind kindOfFloat(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            return ValueKind.INEXACT_FLOAT;
        }
        char[] text = parser.getTextCharacters();
        int digits = significantDigits(text, parser.getTextOffset(), parser.getTextLength());
        if (value == 0 && digits > 0) {
            return ValueKind.INEXACT_FLOAT;
        }
        if (digits > DOUBLE_DIGITS && !isExactly(value, parser.getText())) {
            return ValueKind.INEXACT_FLOAT;
        }
        return Math.rint(value) == value && Math.abs(value) <= EXACT ? ValueKind.WHOLE_FLOAT : ValueKind.FLOAT;
    }

    private static boolean isExactly(double value, String text) {
        return new BigDecimal(value).compareTo(new BigDecimal(text)) == 0;
    }

    /// Digits of the mantissa without the zeros before and behind.
    private static int significantDigits(char[] text, int offset, int length) {
        int digits = 0;
        int trailingZeros = 0;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c == 'e' || c == 'E') {
                break;
            }
            if (c < '0' || c > '9' || (c == '0' && digits == 0)) {
                continue;
            }
            digits++;
            trailingZeros = c == '0' ? trailingZeros + 1 : 0;
        }
        return digits - trailingZeros;
    }
}
