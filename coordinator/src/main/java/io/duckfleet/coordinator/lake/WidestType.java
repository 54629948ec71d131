package io.duckfleet.coordinator.lake;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The narrowest type that all values of some types can be told in: the widest of numbers, of dates and
/// times; where types conflict, text, or JSON where one of them is nested. (As everywhere in SQL, integers
/// beside DOUBLE are DOUBLE.)
public final class WidestType {

    static final String JSON = "JSON";

    private static final String VARCHAR = "VARCHAR";
    private static final String DOUBLE = "DOUBLE";
    private static final String HUGEINT = "HUGEINT";

    private static final List<String> SIGNED = List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", HUGEINT);
    private static final List<String> UNSIGNED = List.of("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");
    private static final List<String> FLOATING = List.of("FLOAT", DOUBLE);

    /// Each can tell what stands before it.
    private static final List<String> TIMES =
            List.of("DATE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE");

    private static final List<Integer> SIGNED_DIGITS = List.of(3, 5, 10, 19, 38);
    private static final int MOST_DIGITS = 38;
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    private WidestType() {}

    /// The type for `types`, which are DuckDB's names.
    static String of(Collection<String> types) {
        Set<String> distinct = Set.copyOf(types);
        if (distinct.size() == 1) {
            return distinct.iterator().next();
        }
        if (TIMES.containsAll(distinct)) {
            return widest(TIMES, distinct);
        }
        if (distinct.stream().allMatch(WidestType::isNumber)) {
            return number(distinct);
        }
        return distinct.stream().anyMatch(WidestType::isNested) ? JSON : VARCHAR;
    }

    private static boolean isNumber(String type) {
        return SIGNED.contains(type)
                || UNSIGNED.contains(type)
                || FLOATING.contains(type)
                || DECIMAL.matcher(type).matches();
    }

    /// Whether a type is a list, a struct, a map, a union, or JSON.
    public static boolean isNested(String type) {
        return type.equals(JSON)
                || type.endsWith("]")
                || type.startsWith("STRUCT(")
                || type.startsWith("MAP(")
                || type.startsWith("UNION(");
    }

    private static String number(Set<String> types) {
        if (FLOATING.containsAll(types)) {
            return widest(FLOATING, types);
        }
        if (types.stream().anyMatch(FLOATING::contains)) {
            return DOUBLE;
        }
        if (SIGNED.containsAll(types)) {
            return widest(SIGNED, types);
        }
        if (UNSIGNED.containsAll(types)) {
            return widest(UNSIGNED, types);
        }
        return types.stream().anyMatch(type -> DECIMAL.matcher(type).matches()) ? decimal(types) : HUGEINT;
    }

    /// A DECIMAL with the digits of all before the point and behind it, while 38 are enough.
    private static String decimal(Set<String> types) {
        int before = 0;
        int behind = 0;
        for (String type : types) {
            Matcher decimal = DECIMAL.matcher(type);
            int scale = decimal.matches() ? Integer.parseInt(decimal.group(2)) : 0;
            int digits = decimal.matches() ? Integer.parseInt(decimal.group(1)) - scale : digitsOf(type);
            before = Math.max(before, digits);
            behind = Math.max(behind, scale);
        }
        return before + behind <= MOST_DIGITS ? "DECIMAL(%d,%d)".formatted(before + behind, behind) : DOUBLE;
    }

    private static int digitsOf(String integer) {
        int rank = SIGNED.contains(integer) ? SIGNED.indexOf(integer) : UNSIGNED.indexOf(integer) + 1;
        return SIGNED_DIGITS.get(rank);
    }

    private static String widest(List<String> order, Set<String> types) {
        return order.reversed().stream().filter(types::contains).findFirst().orElseThrow();
    }
}
