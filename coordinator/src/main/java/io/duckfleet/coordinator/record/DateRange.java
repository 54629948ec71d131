package io.duckfleet.coordinator.record;

import io.duckfleet.common.errors.FleetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/// The time from `from` on and before `until`. A bare end date is wholly within; an end timestamp is not.
record DateRange(Instant from, Instant until) {

    /// ISO 8601, with `T` or a blank, with or without seconds and zone; without one, UTC.
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /// The range of a request.
    ///
    /// @throws FleetException `invalid_request` if one of them is missing, or no date and no timestamp
    static DateRange of(Optional<String> start, Optional<String> end) {
        return new DateRange(moment("start_date", start, false), moment("end_date", end, true));
    }

    /// The range in the type of a column: texts that stand for its bounds, and how SQL makes values of them.
    record Bounds(String value, String type, String start, String end) {

        /// Whether all values within are the same.
        boolean isOneValue() {
            return type.equals("DATE") && LocalDate.parse(start).plusDays(1).equals(LocalDate.parse(end));
        }

        String cast(String parameter) {
            return "CAST(%s AS %s)".formatted(parameter, type);
        }
    }

    /// The bounds for `field`, which callers call `name`; texts are read as timestamps.
    ///
    /// @throws FleetException `invalid_request` if it holds neither dates nor timestamps nor texts
    Bounds boundsOf(Field field, String name) {
        return switch (field.type()) {
            case "DATE" -> new Bounds(field.expression(), "DATE", firstDay(from), firstDay(until));
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                new Bounds(field.expression(), field.type(), local(from), local(until));
            case "TIMESTAMP WITH TIME ZONE" ->
                new Bounds(field.expression(), "TIMESTAMPTZ", from.toString(), until.toString());
            case "VARCHAR" -> new Bounds(time(field), "TIMESTAMPTZ", from.toString(), until.toString());
            default ->
                throw FleetException.invalid(
                        "date_field",
                        "a column of dates or timestamps was expected, \"%s\" is %s".formatted(name, field.type()));
        };
    }

    /// What the field says of times: itself, or, if it is a text, the time that it stands for, or NULL.
    static String time(Field field) {
        return field.type().equals("VARCHAR")
                ? "TRY_CAST(%s AS TIMESTAMPTZ)".formatted(field.expression())
                : field.expression();
    }

    /// The first day that doesn't begin before `moment`.
    private static String firstDay(Instant moment) {
        LocalDateTime time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        LocalDate day = time.toLocalDate();
        return (time.equals(day.atStartOfDay()) ? day : day.plusDays(1)).toString();
    }

    private static String local(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC).toString();
    }

    private static Instant moment(String field, Optional<String> text, boolean isEnd) {
        String written = text.map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> FleetException.invalid(
                        field, "YYYY-MM-DD or an ISO 8601 timestamp was expected, there is none"));
        try {
            if (written.length() <= "YYYY-MM-DD".length()) {
                LocalDate day = LocalDate.parse(written);
                return (isEnd ? day.plusDays(1) : day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            TemporalAccessor parsed = TIMESTAMP.parseBest(written, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(parsed);
        } catch (DateTimeException e) {
            throw FleetException.invalid(
                    field, "YYYY-MM-DD or an ISO 8601 timestamp was expected, it is \"%s\"".formatted(written));
        }
    }
}
