package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A parameter's value as the SQL literal that means the same. Numbers with a fraction are DECIMALs, as in
/// SQL, while 38 digits hold them, else DOUBLEs; a text is a literal in quotes, which DuckDB compares with
/// dates and other types as well. What could run into its neighbours stands between parentheses (a list
/// doesn't: `IN ([1, 2])` isn't `IN [1, 2]`).
final class ParameterLiteral {

    private static final int DECIMAL_DIGITS = 38;
    private static final int DEEPEST = 32;

    private ParameterLiteral() {}

    /// The literal of `value`, surrounded by blanks.
    ///
    /// @throws FleetException `invalid_request` at `field` for an object, or what no literal can hold
    static String of(JsonNode value, String field) {
        String literal = literal(value, field, 0);
        return value.isArray() ? " " + literal + " " : " (" + literal + ") ";
    }

    private static String literal(JsonNode value, String field, int depth) {
        if (depth > DEEPEST) {
            throw FleetException.invalid(field, "arrays of at most %d levels were expected".formatted(DEEPEST));
        }
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "NULL";
            case BOOLEAN -> value.asText();
            case NUMBER -> number(value);
            case STRING -> text(value.asText(), field);
            case ARRAY -> array(value, field, depth);
            case OBJECT, POJO, BINARY ->
                throw FleetException.invalid(
                        field, "a number, text, boolean, null or an array of these was expected, it is an object");
        };
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        BigDecimal decimal = value.decimalValue();
        BigDecimal plain = decimal.scale() < 1 ? decimal.setScale(1) : decimal;
        return plain.precision() <= DECIMAL_DIGITS && plain.scale() <= DECIMAL_DIGITS
                ? plain.toPlainString()
                : "CAST('%s' AS DOUBLE)".formatted(decimal);
    }

    private static String text(String text, String field) {
        if (text.indexOf('\0') >= 0) {
            throw FleetException.invalid(field, "a text without a NUL character was expected");
        }
        return Identifiers.literal(text);
    }

    private static String array(JsonNode array, String field, int depth) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(literal(array.get(i), "%s[%d]".formatted(field, i), depth + 1));
        }
        return "[" + String.join(", ", elements) + "]";
    }
}
