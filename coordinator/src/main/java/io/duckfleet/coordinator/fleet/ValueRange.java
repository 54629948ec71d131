package io.duckfleet.coordinator.fleet;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.OptionalDouble;

/// The least and the greatest value of a column, as numbers: days of dates, seconds of timestamps.
///
/// @param least at most `greatest`
public record ValueRange(double least, double greatest) {

    private static final int MOST_DIGITS_OF_SECOND = 9;

    /// As DuckDB writes it.
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MOST_DIGITS_OF_SECOND, true)
            .toFormatter();

    /// The range between two values of the type, DuckDB's name of it, if it is one of numbers or times.
    static Optional<ValueRange> of(String least, String greatest, String type) {
        OptionalDouble from = number(least, type);
        OptionalDouble to = number(greatest, type);
        return from.isPresent() && to.isPresent() && from.getAsDouble() <= to.getAsDouble()
                ? Optional.of(new ValueRange(from.getAsDouble(), to.getAsDouble()))
                : Optional.empty();
    }

    /// What a value of the type, DuckDB's name of it, is as a number; none of other types, and none for what
    /// is no such value.
    public static OptionalDouble number(String value, String type) {
        try {
            double number = switch (type) {
                case "DATE" -> LocalDate.parse(value).toEpochDay();
                case "TIMESTAMP" -> LocalDateTime.parse(value, TIMESTAMP).toEpochSecond(ZoneOffset.UTC);
                default -> isNumber(type) ? Double.parseDouble(value) : Double.NaN;
            };
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean isNumber(String type) {
        return type.endsWith("INT")
                || type.equals("INTEGER")
                || type.equals("UINTEGER")
                || type.equals("DOUBLE")
                || type.equals("FLOAT")
                || type.startsWith("DECIMAL(");
    }

    /// The smallest range that has both.
    ValueRange with(ValueRange other) {
        return new ValueRange(Math.min(least, other.least), Math.max(greatest, other.greatest));
    }

    /// Which share of values that are spread evenly is less than `value`: 0 to 1.
    public double shareBelow(double value) {
        return greatest > least ? Math.clamp((value - least) / (greatest - least), 0, 1) : value > least ? 1 : 0;
    }
}
