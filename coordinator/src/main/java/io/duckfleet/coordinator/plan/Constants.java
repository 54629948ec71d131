package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.sql.Identifiers;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Constants in the tree of `json_serialize_sql`, as SQL literals of a column's own type. A constant of
/// another type would make DuckDB cast the column, and a cast can throw; so there is no literal for it.
final class Constants {

    private static final Set<String> INTEGERS = Set.of(
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT");

    private static final Set<String> TIMES = Set.of("DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME");

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    private Constants() {}

    /// The literal, if `tree` is a constant of the type `columnType`.
    static Optional<String> literal(JsonNode tree, String columnType) {
        if (INTEGERS.contains(columnType)) {
            return number(tree).filter(value -> value.scale() == 0).map(BigDecimal::toPlainString);
        }
        if (TIMES.contains(columnType) || columnType.equals("BOOLEAN")) {
            return castText(tree, columnType).map(text -> cast(text, columnType));
        }
        return switch (columnType) {
            case "VARCHAR" -> isText(tree) ? Optional.of(Identifiers.literal(text(tree))) : Optional.empty();
            case "DOUBLE" -> number(tree).map(value -> cast(value.toPlainString(), columnType));
            default -> decimal(tree, columnType);
        };
    }

    static boolean isText(JsonNode tree) {
        return isConstant(tree)
                && tree.path("value").path("type").path("id").asText().equals("VARCHAR");
    }

    private static Optional<String> decimal(JsonNode tree, String columnType) {
        Matcher type = DECIMAL.matcher(columnType);
        if (!type.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(type.group(1));
        int scale = Integer.parseInt(type.group(2));
        return number(tree)
                .filter(value -> value.scale() <= scale && value.precision() - value.scale() <= width - scale)
                .map(value -> cast(value.toPlainString(), columnType));
    }

    /// A whole number or a decimal of up to 18 digits; wider ones come in two halves and are left.
    private static Optional<BigDecimal> number(JsonNode tree) {
        JsonNode value = tree.path("value").path("value");
        if (!isConstant(tree) || !value.isIntegralNumber()) {
            return Optional.empty();
        }
        JsonNode type = tree.path("value").path("type");
        String id = type.path("id").asText();
        if (INTEGERS.contains(id)) {
            return Optional.of(new BigDecimal(value.bigIntegerValue()));
        }
        return id.equals("DECIMAL")
                ? Optional.of(new BigDecimal(
                        value.bigIntegerValue(),
                        type.path("type_info").path("scale").asInt()))
                : Optional.empty();
    }

    /// The text of `CAST('..' AS type)`.
    private static Optional<String> castText(JsonNode tree, String type) {
        boolean isCast = tree.path("class").asText().equals("CAST")
                && tree.path("cast_type").path("id").asText().equals(type)
                && !tree.path("try_cast").asBoolean()
                && isText(tree.path("child"));
        return isCast ? Optional.of(text(tree.path("child"))) : Optional.empty();
    }

    private static boolean isConstant(JsonNode tree) {
        return tree.path("class").asText().equals("CONSTANT")
                && !tree.path("value").path("is_null").asBoolean();
    }

    private static String text(JsonNode constant) {
        return constant.path("value").path("value").asText();
    }

    private static String cast(String text, String type) {
        return "CAST(%s AS %s)".formatted(Identifiers.literal(text), type);
    }
}
