package io.duckfleet.coordinator.plan;

import io.duckfleet.common.sql.Identifiers;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Two values of a column's type that no statement holds by chance, as literals in the form of [Constants];
/// `low` is less than `high`.
record Sentinel(String low, String high) {

    private static final int LEAST_INTEGER = 1_000_000_000;
    private static final long LEAST_LONG = 1_000_000_000_000_000_000L;
    private static final int LEAST_DAY = 400_000;
    private static final int MOST_DAYS = 500_000;

    /// A sentinel of the type, if values of the type can be keys of a semi-join: they are equal only if they
    /// are the same, and travel exactly.
    static Optional<Sentinel> of(String type) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return switch (type) {
            case "INTEGER", "UINTEGER" -> Optional.of(numbers(random.nextLong(LEAST_INTEGER, 2L * LEAST_INTEGER)));
            case "BIGINT", "UBIGINT" -> Optional.of(numbers(random.nextLong(LEAST_LONG, 2 * LEAST_LONG)));
            case "VARCHAR" -> {
                String text = HexFormat.of().toHexDigits(random.nextLong());
                yield Optional.of(new Sentinel(Identifiers.literal(text), Identifiers.literal(text + "f")));
            }
            case "DATE" -> Optional.of(days(random.nextInt(LEAST_DAY, MOST_DAYS), "", type));
            case "TIMESTAMP" -> Optional.of(days(random.nextInt(LEAST_DAY, MOST_DAYS), " 01:02:03", type));
            default -> Optional.empty();
        };
    }

    /// Whether keys of the one type are compared with keys of the other as they are.
    static boolean areComparable(String type, String other) {
        return type.equals(other) || (isInteger(type) && isInteger(other));
    }

    private static boolean isInteger(String type) {
        return type.equals("INTEGER") || type.equals("BIGINT") || type.equals("UINTEGER") || type.equals("UBIGINT");
    }

    private static Sentinel numbers(long low) {
        return new Sentinel(Long.toString(low), Long.toString(low + 1));
    }

    private static Sentinel days(int day, String time, String type) {
        return new Sentinel(
                "CAST('%s%s' AS %s)".formatted(LocalDate.ofEpochDay(day), time, type),
                "CAST('%s%s' AS %s)".formatted(LocalDate.ofEpochDay(day + 1L), time, type));
    }
}
